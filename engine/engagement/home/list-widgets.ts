import type { Registry } from "../../supply/installed/index.ts";
import type { WidgetSource } from "./types.ts";

/** Every widget of every installed module. */
export function listWidgets(registry: Pick<Registry, "list">): WidgetSource[] {
  return registry
    .list()
    .flatMap(({ name, manifest }) =>
      manifest.widgets.map(({ id, size, config }) => ({ target: `${name}/${id}`, size, config })),
    );
}
