import type { PluginView, WidgetContent, WidgetView } from "../contract/frames.ts";
import type { InstalledModule } from "../engine/supply/installed/index.ts";
import { getEngine } from "./engine.ts";
import { isGiven, moduleApiUrl, moduleFileUrl } from "./navigation.ts";
import { hasRole, type Viewer } from "./session.ts";

/** The widgets the viewer was given, by module, in the order of the manifests. */
export function listWidgets(viewer: Viewer): WidgetView[] {
  const { flags, registry } = getEngine();
  return registry
    .list()
    .flatMap((module) =>
      module.manifest.widgets
        .filter((widget) => isGiven(flags.decide(viewer, `${module.name}/${widget.id}`)))
        .map((widget) => describeWidget(viewer, module, widget)),
    );
}

/** Every widget that is installed, whoever has it. */
export function listAllWidgets(viewer: Viewer): WidgetView[] {
  return getEngine()
    .registry.list()
    .flatMap((module) => module.manifest.widgets.map((widget) => describeWidget(viewer, module, widget)));
}

/** A module's pages, or null when it is not installed, has none, or the viewer may not have it. */
export function findPlugin(viewer: Viewer, name: string): PluginView | null {
  const { flags, registry } = getEngine();
  const module = registry.get(name);
  if (module === null || module.manifest.pages.length === 0) return null;
  if (!flags.decide(viewer, module.name).allowed) return null;
  return {
    module: module.name,
    title: module.title,
    icon: iconOf(module),
    flags: flags.features.moduleValues(viewer, module.name),
    pages: module.manifest.pages.map((page) => ({
      path: page.path,
      title: page.title,
      src: moduleFileUrl(module.digest, page.entry),
    })),
  };
}

/** Where the files and pages of a widget's module are; null when the viewer may not have it. */
export function findWidgetFiles(viewer: Viewer, target: string) {
  const { flags, registry } = getEngine();
  const [name = ""] = target.split("/");
  const module = registry.get(name);
  if (module === null || !flags.decide(viewer, target).allowed) return null;
  return {
    fileBase: moduleFileUrl(module.digest, "").replace(/\/$/, ""),
    pageBase: module.manifest.pages.length > 0 ? `/m/${name}` : "",
  };
}

/** What a frame may know of its user. */
export function frameUser(viewer: Viewer) {
  return {
    id: viewer.userId,
    name: viewer.name,
    locale: viewer.locale,
    timeZone: viewer.timeZone,
    groups: [...viewer.groups],
  };
}

function describeWidget(
  viewer: Viewer,
  module: InstalledModule,
  widget: InstalledModule["manifest"]["widgets"][number],
): WidgetView {
  return {
    target: `${module.name}/${widget.id}`,
    id: widget.id,
    title: widget.title,
    summary: widget.summary ?? null,
    module: module.name,
    moduleTitle: module.title,
    icon: iconOf(module),
    content: contentOf(viewer, module, widget),
    size: widget.size,
    schema: widget.config ?? null,
    config: configDefaults(widget.config),
    flags: getEngine().flags.features.moduleValues(viewer, module.name),
    href: module.manifest.pages.length > 0 ? `/m/${module.name}` : null,
  };
}

function contentOf(
  viewer: Viewer,
  { name, digest }: InstalledModule,
  { entry, view }: InstalledModule["manifest"]["widgets"][number],
): WidgetContent {
  if (view === undefined) return { kind: "frame", src: moduleFileUrl(digest, entry ?? "") };
  const { kind, endpoint, refreshSeconds } = view;
  return {
    ...{ kind, endpoint, refreshSeconds },
    url: moduleApiUrl(name, endpoint),
    explain: hasRole(viewer, "operator"),
  };
}

function iconOf({ digest, manifest }: InstalledModule): string | null {
  return manifest.icon === undefined ? null : moduleFileUrl(digest, manifest.icon);
}

/** The `default` of each property of a widget's configuration schema. */
function configDefaults(schema: Record<string, unknown> | undefined): Record<string, unknown> {
  const properties = schema?.properties;
  if (typeof properties !== "object" || properties === null) return {};
  const defaults: Record<string, unknown> = {};
  for (const [key, property] of Object.entries(properties)) {
    if (typeof property === "object" && property !== null && "default" in property)
      defaults[key] = property.default;
  }
  return defaults;
}
