import { z } from "zod";
import { moduleState } from "./health.ts";
import { manifestWidget } from "./manifest.ts";
import { role } from "./role.ts";

/** Who asks, and what of the installed modules they were given. */
export const meView = z.object({
  user: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    groups: z.array(z.string()),
    locale: z.string().nullable(),
    timeZone: z.string().nullable(),
  }),
  role,
  via: z.string(),
  pages: z.array(z.object({ module: z.string(), title: z.string(), path: z.string(), href: z.string() })),
  widgets: z.array(
    manifestWidget.extend({
      module: z.string(),
      /** Address of its page; null: the host draws it. */
      entry: z.string().nullable(),
    }),
  ),
});
export type MeView = z.infer<typeof meView>;

/** What changed for whoever listens, by the event's name; what it shows, a browser asks for itself, with its own rights. */
export const viewerEvents = {
  access: z.object({}),
  registry: z.object({ generation: z.int() }),
  notifications: z.object({}),
  /** For operators alone. */
  health: z.object({ module: z.string(), state: moduleState }),
};
