"use server";

import { operationInput } from "@/contract/operation";
import { planInput } from "@/contract/plan-change";
import { operatorAction } from "@/lib/action";

/** Computes a plan and answers with its id; nothing is changed. */
export const createPlan = operatorAction.inputSchema(planInput).action(async ({ parsedInput, ctx }) => {
  const plan = await ctx.engine.plans.create(ctx.actor, parsedInput.changes, { from: parsedInput.from });
  return { id: plan.id };
});

/** Starts applying a plan; `confirm` holds the names typed for what is deleted, `consent` those of accepted permissions. */
export const applyPlan = operatorAction.inputSchema(operationInput).action(async ({ parsedInput, ctx }) => {
  const { plan, confirm, consent } = parsedInput;
  const operation = await ctx.engine.install.operations.apply(ctx.actor, plan, { confirm, consent });
  return { id: operation.id };
});
