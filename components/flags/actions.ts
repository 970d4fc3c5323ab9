"use server";

import { revalidatePath } from "next/cache";
import {
  archiveFlagsInput,
  explainFlagInput,
  flagChangeInput,
  flagKeyInput,
  importFlagsInput,
  previewFlagInput,
  saveFlagInput,
  switchFlagInput,
  targetRolloutInput,
} from "@/contract/flags";
import { administratorAction } from "@/lib/action";

export const saveFlag = administratorAction
  .inputSchema(saveFlagInput)
  .action(async ({ parsedInput: { key, definition, description }, ctx }) => {
    const input = { definition, ...(description === undefined ? {} : { description }) };
    const [saved] = await ctx.engine.flags.features.save(ctx.actor, { [key]: input });
    return saved;
  });

/** The kill switch: off gives everybody the value in the code, at once. */
export const switchFlag = administratorAction
  .inputSchema(switchFlagInput)
  .action(async ({ parsedInput: { key, on }, ctx }) => {
    await ctx.engine.flags.features.switch(ctx.actor, key, on);
  });

export const removeFlag = administratorAction
  .inputSchema(flagKeyInput)
  .action(({ parsedInput, ctx }) => ctx.engine.flags.features.remove(ctx.actor, parsedInput.key));

export const undoFlagChange = administratorAction
  .inputSchema(flagChangeInput)
  .action(async ({ parsedInput, ctx }) => {
    const { gone } = await ctx.engine.flags.features.undo(ctx.actor, parsedInput.id);
    revalidatePath("/admin", "layout");
    return { gone };
  });

export const previewFlag = administratorAction
  .inputSchema(previewFlagInput)
  .action(async ({ parsedInput: { key, definition }, ctx }) =>
    ctx.engine.flags.features.preview(key, definition),
  );

/** Holds the flag's roll-out, continues it, or begins its next step now. */
export const changeFlagRollout = administratorAction
  .inputSchema(targetRolloutInput)
  .action(({ parsedInput: { target, action }, ctx }) =>
    ctx.engine.flags.features.rollout(ctx.actor, target, action),
  );

/** For one user, with the definition as it stands in the editor. */
export const explainFlag = administratorAction
  .inputSchema(explainFlagInput)
  .action(async ({ parsedInput: { key, userId, definition }, ctx }) => {
    const identity = ctx.engine.access.directory.identity(userId);
    if (identity === null) return null;
    return ctx.engine.flags.features.explain(key, identity, { proposed: definition, reader: ctx.viewer });
  });

/** What importing a flagd document would do, or what is wrong with it, by line; nothing is written. */
export const planImport = administratorAction
  .inputSchema(importFlagsInput)
  .action(async ({ parsedInput, ctx }) => ctx.engine.flags.features.planImport(parsedInput.text));

export const importFlags = administratorAction
  .inputSchema(importFlagsInput)
  .action(({ parsedInput, ctx }) => ctx.engine.flags.features.importDocument(ctx.actor, parsedInput.text));

/** Out of use, or into it again. */
export const archiveFlags = administratorAction
  .inputSchema(archiveFlagsInput)
  .action(({ parsedInput: { keys, archived }, ctx }) =>
    ctx.engine.flags.features.archive(ctx.actor, keys, archived),
  );
