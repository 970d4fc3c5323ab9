"use server";

import {
  experimentChangeInput,
  experimentIdInput,
  experimentInput,
  rollOutInput,
} from "@/contract/experiments";
import { administratorAction } from "@/lib/action";

export const createExperiment = administratorAction
  .inputSchema(experimentInput)
  .action(({ parsedInput, ctx }) => ctx.engine.experiments.create(ctx.actor, parsedInput));

export const updateExperiment = administratorAction
  .inputSchema(experimentChangeInput)
  .action(({ parsedInput: { id, ...input }, ctx }) => ctx.engine.experiments.update(ctx.actor, id, input));

export const previewStart = administratorAction
  .inputSchema(experimentIdInput)
  .action(({ parsedInput, ctx }) => ctx.engine.experiments.previewStart(parsedInput.id));

export const startExperiment = administratorAction
  .inputSchema(experimentIdInput)
  .action(({ parsedInput, ctx }) => ctx.engine.experiments.start(ctx.actor, parsedInput.id));

export const stopExperiment = administratorAction
  .inputSchema(experimentIdInput)
  .action(({ parsedInput, ctx }) => ctx.engine.experiments.stop(ctx.actor, parsedInput.id));

export const previewRollOut = administratorAction
  .inputSchema(rollOutInput)
  .action(({ parsedInput, ctx }) =>
    ctx.engine.experiments.previewRollOut(parsedInput.id, parsedInput.variant),
  );

export const rollOut = administratorAction
  .inputSchema(rollOutInput)
  .action(({ parsedInput, ctx }) =>
    ctx.engine.experiments.rollOut(ctx.actor, parsedInput.id, parsedInput.variant),
  );

export const undoRollOut = administratorAction
  .inputSchema(experimentIdInput)
  .action(({ parsedInput, ctx }) => ctx.engine.experiments.undoRollOut(ctx.actor, parsedInput.id));

export const removeExperiment = administratorAction
  .inputSchema(experimentIdInput)
  .action(({ parsedInput, ctx }) => ctx.engine.experiments.remove(ctx.actor, parsedInput.id));
