"use server";

import { z } from "zod";
import { accessSettingInput } from "@/contract/access";
import { moduleName as module } from "@/contract/limits";
import { operatorAction } from "@/lib/action";

const change = z.discriminatedUnion("action", [
  z.strictObject({
    action: z.literal("install"),
    module,
    version: z.string().optional(),
    access: accessSettingInput.optional(),
    data: z.enum(["reuse", "fresh"]).optional(),
  }),
  z.strictObject({ action: z.literal("upgrade"), module, version: z.string().optional() }),
  z.strictObject({ action: z.literal("uninstall"), module, data: z.enum(["keep", "export", "delete"]) }),
  z.strictObject({ action: z.literal("restore"), snapshot: z.string().max(60) }),
  z.strictObject({
    action: z.literal("rollback"),
    generation: z.number().int().min(0),
    data: z.record(module, z.enum(["schema", "snapshot"])).optional(),
    settings: z.boolean().optional(),
  }),
]);

/** Computes a plan and answers with its id; nothing is changed. */
export const createPlan = operatorAction
  .inputSchema(z.strictObject({ changes: z.array(change).min(1).max(50) }))
  .action(async ({ parsedInput, ctx }) => {
    const plan = await ctx.engine.plans.create(ctx.actor, parsedInput.changes);
    return { id: plan.id };
  });

/** Starts applying a plan; `confirm` holds the names typed for what is deleted, `consent` those of accepted permissions. */
export const applyPlan = operatorAction
  .inputSchema(
    z.strictObject({
      plan: z.string().min(1),
      confirm: z.array(module).default([]),
      consent: z.array(module).default([]),
    }),
  )
  .action(async ({ parsedInput, ctx }) => {
    const { plan, confirm, consent } = parsedInput;
    const operation = await ctx.engine.install.operations.apply(ctx.actor, plan, { confirm, consent });
    return { id: operation.id };
  });
