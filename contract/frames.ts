import { z } from "zod";

/** What pages of the host show of modules, as the server hands it to the browser. */
const open = z.record(z.string(), z.unknown());

const frameContent = z.object({
  kind: z.literal("frame"),
  /** Address of the widget's HTML. */
  src: z.string(),
});

const drawnContent = z.object({
  kind: z.enum(["list", "figures", "chart", "table", "markdown"]),
  /** Path of the module's API as its manifest names it, `/v1/latest`, and where the host has it. */
  endpoint: z.string(),
  url: z.string(),
  refreshSeconds: z.number(),
  /** Whether the viewer is told what is wrong with an answer. */
  explain: z.boolean(),
});

const widgetContent = z.union([frameContent, drawnContent]);
export type WidgetContent = z.infer<typeof widgetContent>;

const widgetView = z.object({
  /** `announcements/recent`. */
  target: z.string(),
  id: z.string(),
  title: z.string(),
  summary: z.string().nullable(),
  module: z.string(),
  moduleTitle: z.string(),
  icon: z.string().nullable(),
  /** Its own page, or what the host draws for it. */
  content: widgetContent,
  /** Columns of the home's grid, rows. */
  size: z.object({ w: z.int(), h: z.int() }),
  /** JSON Schema of an instance's configuration; null when there is nothing to configure. */
  schema: open.nullable(),
  /** What a new instance begins with. */
  config: open,
  flags: open,
  /** Address of the module's own pages; null when it has none. */
  href: z.string().nullable(),
});
export type WidgetView = z.infer<typeof widgetView>;

/** A module's own pages. */
const pluginView = z.object({
  module: z.string(),
  title: z.string(),
  icon: z.string().nullable(),
  flags: open,
  pages: z.array(z.object({ path: z.string(), title: z.string(), src: z.string() })),
});
export type PluginView = z.infer<typeof pluginView>;
