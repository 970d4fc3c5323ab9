import { configureModule } from "@/components/module/actions";
import { SettingsForm } from "@/components/module/settings-form";
import { texts } from "@/components/module/texts";
import { Notice } from "@/components/ui/notice";
import type { InstalledModule } from "@/engine/supply/installed/index.ts";
import { getEngine } from "@/lib/engine";
import { hasRole, requireRole } from "@/lib/session";

export async function SettingsTab({ module }: { module: InstalledModule }) {
  const readOnly = !hasRole(await requireRole("operator"), "administrator");
  const config = getEngine().install.configOf(module);
  return (
    <div className="grid max-w-xl gap-6">
      {readOnly && <Notice title={texts.settingsReadOnly} />}
      <SettingsForm
        key={JSON.stringify(config)}
        module={module.name}
        title={module.title}
        schema={module.manifest.config}
        config={config}
        hasProcess={module.manifest.runtime !== undefined}
        readOnly={readOnly}
        save={configureModule}
      />
    </div>
  );
}
