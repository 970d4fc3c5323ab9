import { texts } from "@/components/module/texts";
import type { InstalledModule } from "@/engine/supply/installed/index";
import { getEngine } from "@/lib/engine";
import { moduleFileUrl } from "@/lib/navigation";
import type { Viewer } from "@/lib/session";

export type ModuleStateView =
  | "starting"
  | "healthy"
  | "degraded"
  | "failing"
  | "stopped"
  | "quarantined"
  | "static"
  | "unknown";

/** An installed module with how it is right now. */
export interface ModuleView {
  name: string;
  title: string;
  summary: string;
  version: string;
  type: InstalledModule["type"];
  publisher: string;
  icon: string | null;
  state: ModuleStateView;
  since: string | null;
  message: string | null;
  latencyMs: number | null;
  rssMb: number | null;
  restarts: number;
  updatedAt: string;
}

/** Every installed module, by title. */
export function readModules(): ModuleView[] {
  return getEngine()
    .registry.list()
    .map(readModule)
    .sort((a, b) => a.title.localeCompare(b.title));
}

export function readModule(module: InstalledModule): ModuleView {
  const now = getEngine().health.now(module.name);
  const hasProcess = module.manifest.runtime !== undefined;
  const isStopped = module.stoppedBy !== null;
  return {
    name: module.name,
    title: module.title,
    summary: module.summary,
    version: module.version,
    type: module.type,
    publisher: module.publisher,
    icon: module.manifest.icon === undefined ? null : moduleFileUrl(module.digest, module.manifest.icon),
    state: isStopped ? "stopped" : hasProcess ? (now?.state ?? "unknown") : "static",
    since: now?.since ?? null,
    message: isStopped ? texts.stoppedByChange : (now?.message ?? null),
    latencyMs: now?.latencyMs ?? null,
    rssMb: now?.rssMb ?? null,
    restarts: now?.restarts ?? 0,
    updatedAt: module.updatedAt,
  };
}

/** Where the viewer uses a module: its first page, or home for its widgets; null when they do not have it. */
export function opensFor(viewer: Viewer, module: InstalledModule): string | null {
  if (!getEngine().flags.decide(viewer, module.name).allowed) return null;
  const [page] = module.manifest.pages;
  if (page) return `/m/${module.name}${page.path === "/" ? "" : page.path}`;
  return module.manifest.widgets.length > 0 ? "/" : null;
}
