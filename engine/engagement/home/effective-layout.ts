import type { HomeItem, HomeLayout } from "../../../contract/home.ts";
import { bottomOf, freePlace, placeItems } from "./place-items.ts";
import type { WidgetSource } from "./types.ts";

export interface StoredLayout {
  items: HomeItem[];
  /** The widgets that could have been chosen when it was stored: what is not among them is new. */
  known: string[];
}

interface Inputs {
  own: StoredLayout | null;
  /** `group` null: everybody's. */
  standard: (StoredLayout & { group: string | null }) | null;
  /** Those the user may have. */
  widgets: readonly WidgetSource[];
}

/** See {@link Home.layoutFor}. */
export function effectiveLayout({ own, standard, widgets }: Inputs): HomeLayout {
  const base = own ?? standard ?? { items: [], known: [] };
  const may = new Set(widgets.map(({ target }) => target));
  const arranged = (own === null ? base.items : withLocked(own.items, standard?.items ?? [])).filter(
    ({ widget }) => may.has(widget),
  );
  const items = placeItems([...arranged, ...placeNew(widgets, base.known, arranged)], ({ locked }) => locked);
  return {
    items,
    source:
      own !== null ? "own" : standard === null ? "generated" : standard.group === null ? "everyone" : "group",
    group: standard !== null && (own === null || items.some(({ locked }) => locked)) ? standard.group : null,
  };
}

/**
 * Locked parts as the default has them now. One that is no longer locked became the user's own; one that is no longer
 * in the default is gone.
 */
export function withLocked(own: readonly HomeItem[], defaults: readonly HomeItem[]): HomeItem[] {
  const byId = new Map(defaults.map((item) => [item.id, item]));
  const merged = own.flatMap((item) => {
    const standard = byId.get(item.id);
    if (standard?.locked) return [standard];
    if (item.locked && standard === undefined) return [];
    return [{ ...item, locked: false }];
  });
  const ids = new Set(merged.map(({ id }) => id));
  for (const item of defaults) {
    if (!item.locked || ids.has(item.id)) continue;
    const after = merged.findIndex((other) => other.y > item.y || (other.y === item.y && other.x >= item.x));
    merged.splice(after < 0 ? merged.length : after, 0, item);
  }
  return merged;
}

/** What was given since the layout was stored; everything, when there is none. The id is stable until it is stored. */
function placeNew(widgets: readonly WidgetSource[], known: readonly string[], taken: readonly HomeItem[]) {
  const fromY = bottomOf(taken);
  const placed: HomeItem[] = [];
  for (const { target, size, config } of widgets) {
    if (known.includes(target) || taken.some(({ widget }) => widget === target)) continue;
    const box = freePlace([...taken, ...placed], size, fromY);
    placed.push({
      id: target.replace("/", "."),
      widget: target,
      ...box,
      config: defaultsOf(config),
      locked: false,
    });
  }
  return placed;
}

/** The `default` of each property of a configuration's schema. */
function defaultsOf(schema: WidgetSource["config"]): Record<string, unknown> {
  const properties = schema?.properties;
  if (typeof properties !== "object" || properties === null) return {};
  return Object.fromEntries(
    Object.entries(properties).flatMap(([key, property]) =>
      typeof property === "object" && property !== null && "default" in property
        ? [[key, property.default]]
        : [],
    ),
  );
}
