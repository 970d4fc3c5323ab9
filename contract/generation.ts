import { z } from "zod";
import { accessChange } from "./access.ts";
import { json } from "./json.ts";
import { digest, moduleType, time } from "./limits.ts";

/** How a generation's modules differ from another's in one of them. */
export const moduleChange = z.object({
  /** `rebuilt`: the same version with other files. */
  kind: z.enum(["added", "removed", "upgraded", "downgraded", "rebuilt"]),
  name: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export type ModuleChange = z.infer<typeof moduleChange>;

export const generationView = z.object({
  number: z.int(),
  parent: z.int().nullable(),
  createdAt: time,
  actorName: z.string(),
  reason: z.string(),
  operationId: z.uuid().nullable(),
  current: z.boolean(),
  modules: z.array(
    z.object({
      ...{ name: z.string(), version: z.string(), digest, type: moduleType },
      /** Number of the database that held its data; null without one. */
      database: z.int().nullable(),
    }),
  ),
  /** Against the parent, by name. */
  changes: z.array(moduleChange),
});
export type GenerationView = z.infer<typeof generationView>;

/** How one generation differs from another. */
export const generationDifference = z.object({
  from: z.int(),
  to: z.int(),
  modules: z.array(moduleChange),
  /** Of modules that both have; a widget without a rule of its own follows its module. */
  access: z.array(accessChange),
  /** Of modules that both have, by key; a secret is never told, only that it changed. */
  config: z.array(
    z.object({ module: z.string(), key: z.string(), secret: z.boolean(), from: json, to: json }),
  ),
  /** That lie between the versions. */
  migrations: z.array(
    z.object({ module: z.string(), name: z.string(), change: z.enum(["runs", "taken back"]) }),
  ),
  /** False: one of them was left before Graft recorded access and settings. */
  settingsKnown: z.boolean(),
});
export type GenerationDifference = z.infer<typeof generationDifference>;
