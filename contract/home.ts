import { z } from "zod";
import { homeColumns, homeRowsMax } from "./home-grid.ts";
import { json } from "./json.ts";
import { accessTarget } from "./limits.ts";

/** One widget at its place; its height in rows is the page's affair. */
export const homeItemInput = z.strictObject({
  /** Of this instance: a widget may stand on a home several times. */
  id: z.string().regex(/^[A-Za-z0-9._-]{1,90}$/),
  /** `announcements/recent` */
  widget: accessTarget,
  x: z
    .int()
    .min(0)
    .max(homeColumns - 1),
  y: z.int().min(0).max(10_000),
  w: z.int().min(1).max(homeColumns),
  h: z.int().min(1).max(homeRowsMax),
  config: z.record(z.string(), json).default({}),
  /** Set by an administrator: people neither move, configure nor remove it. */
  locked: z.boolean().default(false),
  /** Its height was set on a phone and holds there too; else a widget is as tall as its content there. */
  sized: z.boolean().optional(),
});

const itemsMax = 100;
export const homeItemsInput = z
  .array(homeItemInput)
  .max(itemsMax, `holds at most ${itemsMax} widgets`)
  .refine((items) => new Set(items.map(({ id }) => id)).size === items.length, "has two items of one id");

export const homeItem = homeItemInput.extend({
  config: z.record(z.string(), z.unknown()),
  locked: z.boolean(),
});
export type HomeItem = z.infer<typeof homeItem>;

export const homeLayout = z.object({
  /** In the order in which a phone shows them below each other. Nothing overlaps. */
  items: z.array(homeItem),
  /** Arranged by the user, taken from a group's default, or made from the sizes in the manifests. */
  source: z.enum(["own", "group", "everyone", "generated"]),
  /** The group whose default it is, or whose locked parts are in it; null when those are everybody's. */
  group: z.string().nullable(),
});
export type HomeLayout = z.infer<typeof homeLayout>;

export const saveHomeInput = z.strictObject({ items: homeItemsInput });
/** Null takes the default back. */
export const homeDefaultInput = z.strictObject({ items: homeItemsInput.nullable() });

/** What a widget's endpoint answered as Markdown. */
export const widgetMarkdownInput = z.strictObject({ target: accessTarget, markdown: z.string().max(20_000) });
