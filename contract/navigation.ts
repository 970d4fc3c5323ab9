import { z } from "zod";

const navigationPlugin = z.object({
  name: z.string(),
  title: z.string(),
  /** Address of its icon; null when it has none. */
  icon: z.string().nullable(),
  /** `badge`: address that answers how much is new for the viewer. */
  pages: z.array(z.object({ title: z.string(), href: z.string(), badge: z.string().nullable() })),
});
export type NavigationPlugin = z.infer<typeof navigationPlugin>;

/** What the shell offers a viewer; holds nothing that they may not reach. */
const navigation = z.object({
  user: z.object({
    name: z.string(),
    email: z.string(),
    role: z.string(),
    locale: z.string().nullable(),
    timeZone: z.string().nullable(),
  }),
  plugins: z.array(navigationPlugin),
  /** Null for members. */
  admin: z
    .object({
      people: z.boolean(),
      modules: z.array(z.object({ name: z.string(), title: z.string(), icon: z.string().nullable() })),
      /** Modules of which there is a newer version. */
      upgrades: z.int(),
    })
    .nullable(),
});
export type Navigation = z.infer<typeof navigation>;
