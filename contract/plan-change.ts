import { z } from "zod";
import { accessSettingInput } from "./access.ts";
import { moduleName as module, moduleVersion } from "./limits.ts";
import { moduleConfigInput } from "./modules.ts";

export const dataPolicy = z.enum(["schema", "snapshot"]);
export type DataPolicy = z.infer<typeof dataPolicy>;

const version = moduleVersion.optional();
/**
 * Settings given with the change, as a merge patch (RFC 7396) over those there are; null takes one out. A secret sent as
 * •••• is kept.
 */
const config = moduleConfigInput.optional();
/** By module. */
const configs = z.record(module, moduleConfigInput).optional();
const kinds = [
  z.strictObject({
    action: z.literal("install"),
    module,
    version,
    access: accessSettingInput.optional(),
    /** What an earlier install of it left. */
    data: z.enum(["reuse", "fresh"]).optional(),
    config,
  }),
  z.strictObject({ action: z.literal("upgrade"), module, version, config }),
  z.strictObject({
    action: z.literal("uninstall"),
    module,
    data: z.enum(["keep", "export", "delete"]),
  }),
  /** The module of a snapshot in that snapshot's version, with its data: in place of what is there, or reinstalled. */
  z.strictObject({ action: z.literal("restore"), snapshot: z.string().max(60), config: configs }),
  z.strictObject({
    action: z.literal("rollback"),
    generation: z.int().min(0),
    /** By module, where there is a choice: rows written since stay, or the data is as the snapshot has it. */
    data: z.record(module, dataPolicy).optional(),
    /**
     * Modules that stay get back who had them and their settings; those installed again always do. Default: no, unless
     * nothing else is different.
     */
    settings: z.boolean().optional(),
    config: configs,
  }),
] as const;
const actions: string[] = kinds.map(({ shape }) => shape.action.value);

export const planChange = z.discriminatedUnion("action", kinds, {
  error: ({ input }) => {
    const given = (input as { action?: unknown } | null | undefined)?.action;
    const known = actions.join(", ");
    if (given === undefined) return `an action is missing: one of ${known}`;
    return actions.includes(String(given))
      ? undefined
      : `there is no action ${JSON.stringify(given)}, only ${known}`;
  },
});
export type PlanChange = z.infer<typeof planChange>;

export const planInput = z.strictObject({
  changes: z.array(planChange).min(1).max(50),
  /** The plan that this one takes the place of: secrets given to it and sent as •••• are taken from there. */
  from: z.uuid().optional(),
});
