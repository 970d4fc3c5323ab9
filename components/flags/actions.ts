"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { administratorAction } from "@/lib/action";
import type { FlagDefinition } from "@/lib/flags";
import { flagDefinition, flagDescription } from "@/sdk/flags/definition";
import { rolloutActions } from "@/sdk/flags/rollout";

const key = z.string().min(1).max(100);

export const saveFlag = administratorAction
  .inputSchema(z.object({ key, definition: flagDefinition, description: flagDescription.optional() }))
  .action(async ({ parsedInput: { key, definition, description }, ctx }) => {
    const input = {
      definition: definition as FlagDefinition,
      ...(description === undefined ? {} : { description }),
    };
    const [saved] = await ctx.engine.flags.features.save(ctx.actor, { [key]: input });
    return saved;
  });

/** The kill switch: off gives everybody the value in the code, at once. */
export const switchFlag = administratorAction
  .inputSchema(z.object({ key, on: z.boolean() }))
  .action(async ({ parsedInput: { key, on }, ctx }) => {
    const { features } = ctx.engine.flags;
    const definition = features.get(key)?.definition;
    if (definition === undefined) return;
    const state = on ? ("ENABLED" as const) : ("DISABLED" as const);
    await features.save(ctx.actor, { [key]: { definition: { ...definition, state } } });
  });

export const removeFlag = administratorAction
  .inputSchema(z.object({ key }))
  .action(({ parsedInput, ctx }) => ctx.engine.flags.features.remove(ctx.actor, parsedInput.key));

export const undoFlagChange = administratorAction
  .inputSchema(z.object({ id: z.uuid() }))
  .action(async ({ parsedInput, ctx }) => {
    const { gone } = await ctx.engine.flags.features.undo(ctx.actor, parsedInput.id);
    revalidatePath("/admin", "layout");
    return { gone };
  });

export const previewFlag = administratorAction
  .inputSchema(z.object({ key, definition: flagDefinition }))
  .action(async ({ parsedInput: { key, definition }, ctx }) =>
    ctx.engine.flags.features.preview(key, definition as FlagDefinition),
  );

/** Holds the flag's roll-out, continues it, or begins its next step now. */
export const changeFlagRollout = administratorAction
  .inputSchema(z.strictObject({ target: key, action: z.enum(rolloutActions) }))
  .action(({ parsedInput: { target, action }, ctx }) =>
    ctx.engine.flags.features.rollout(ctx.actor, target, action),
  );

/** For one user, with the definition as it stands in the editor. */
export const explainFlag = administratorAction
  .inputSchema(z.object({ key, userId: z.uuid(), definition: flagDefinition }))
  .action(async ({ parsedInput: { key, userId, definition }, ctx }) => {
    const identity = ctx.engine.access.directory.identity(userId);
    if (identity === null) return null;
    return ctx.engine.flags.features.explain(key, identity, definition as FlagDefinition, ctx.viewer);
  });

const text = z.string().max(900_000, "At most 900 kB.");

/** What importing a flagd document would do, or what is wrong with it, by line; nothing is written. */
export const planImport = administratorAction
  .inputSchema(z.strictObject({ text }))
  .action(async ({ parsedInput, ctx }) => ctx.engine.flags.features.planImport(parsedInput.text));

export const importFlags = administratorAction
  .inputSchema(z.strictObject({ text }))
  .action(({ parsedInput, ctx }) => ctx.engine.flags.features.importDocument(ctx.actor, parsedInput.text));

/** Out of use, or into it again. */
export const archiveFlags = administratorAction
  .inputSchema(z.strictObject({ keys: z.array(key).min(1).max(500), archived: z.boolean() }))
  .action(({ parsedInput: { keys, archived }, ctx }) =>
    ctx.engine.flags.features.archive(ctx.actor, keys, archived),
  );
