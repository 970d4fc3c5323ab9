import { z } from "zod";

/** Items as actions take them; their places and settings are checked by the engine. */
export const homeItems = z
  .array(
    z.strictObject({
      id: z.string().max(90),
      widget: z.string().max(90),
      x: z.int(),
      y: z.int(),
      w: z.int(),
      h: z.int(),
      config: z.record(z.string(), z.unknown()),
      locked: z.boolean(),
      sized: z.boolean().optional(),
    }),
  )
  .max(100);
