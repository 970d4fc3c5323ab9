import type { Registry } from "../../supply/installed/index.ts";
import type { NotificationSource } from "./types.ts";

/** Every kind of every installed module. */
export function listSources(registry: Pick<Registry, "list">): NotificationSource[] {
  return registry.list().flatMap(({ name, title, manifest }) =>
    Object.entries(manifest.notifications).map(([kind, declared]) => ({
      module: name,
      moduleTitle: title,
      kind,
      title: declared.title,
      description: declared.description ?? "",
      mail: declared.mail,
      hasPages: manifest.pages.length > 0,
    })),
  );
}
