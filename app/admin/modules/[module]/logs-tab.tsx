import { LogViewer } from "@/components/health/log-viewer";
import { texts } from "@/components/module/texts";
import type { InstalledModule } from "@/engine/supply/installed/index.ts";
import { getEngine } from "@/lib/engine";

export function LogsTab({ module }: { module: InstalledModule }) {
  if (module.manifest.runtime === undefined) {
    return <p className="text-muted-foreground">{texts.noProcessLogs(module.title)}</p>;
  }
  const lines = getEngine().runtime.logs(module.name, 300);
  return <LogViewer module={module.name} initial={lines.map((line, id) => ({ ...line, id }))} />;
}
