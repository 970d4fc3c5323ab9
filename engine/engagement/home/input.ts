import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { GraftError, isGraftError } from "../../core/index.ts";
import { checkConfig } from "../../supply/manifest/index.ts";
import { columns, rowsMax } from "./place-items.ts";
import type { HomeItem, WidgetSource } from "./types.ts";

const itemsMax = 100;
const item = z.object({
  id: z.string().regex(/^[A-Za-z0-9._-]{1,90}$/),
  widget: z.string().max(90),
  x: z
    .int()
    .min(0)
    .max(columns - 1),
  y: z.int().min(0).max(10_000),
  w: z.int().min(1).max(columns),
  h: z.int().min(1).max(rowsMax),
  config: z.record(z.string(), z.json()),
  locked: z.boolean().default(false),
  sized: z.boolean().optional(),
});
const layout = z
  .array(item)
  .max(itemsMax, `holds at most ${itemsMax} widgets`)
  .refine((items) => new Set(items.map(({ id }) => id)).size === items.length, "has two items of one id");

/** @throws INVALID_INPUT */
export function readItems(input: unknown): HomeItem[] {
  const parsed = layout.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new GraftError(
    "INVALID_INPUT",
    `This layout was not accepted: ${[...(issue?.path ?? []), issue?.message].join(" ")}.`,
  );
}

/**
 * Each item's configuration against its widget's schema. One that did not change is not looked at: after an upgrade of
 * the module it must not keep its user from moving things.
 * @throws INVALID_INPUT with `details.item` and `details.fieldErrors`
 */
export function checkItems(
  items: readonly HomeItem[],
  before: readonly HomeItem[],
  widgets: readonly WidgetSource[],
): HomeItem[] {
  return items.map((each) => {
    const stored = before.find(({ id }) => id === each.id)?.config;
    if (stored !== undefined && isDeepStrictEqual(stored, each.config)) return each;
    const schema = widgets.find(({ target }) => target === each.widget)?.config;
    if (schema === undefined) return { ...each, config: {} };
    try {
      return { ...each, config: checkConfig(schema, each.config, stored) };
    } catch (error) {
      if (!isGraftError(error)) throw error;
      throw new GraftError(error.code, error.message, { details: { ...error.details, item: each.id } });
    }
  });
}
