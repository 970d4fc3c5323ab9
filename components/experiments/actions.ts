"use server";

import { z } from "zod";
import { administratorAction } from "@/lib/action";
import type { ExperimentInput } from "@/lib/experiments";

const id = z.object({ id: z.uuid() });
const chosen = id.extend({ variant: z.string().min(1).max(100) });

// What an experiment must hold is the engine's to check: it answers field by field.
const input = z.custom<ExperimentInput>((given) => typeof given === "object" && given !== null);

export const createExperiment = administratorAction
  .inputSchema(z.object({ input }))
  .action(({ parsedInput, ctx }) => ctx.engine.experiments.create(ctx.actor, parsedInput.input));

export const updateExperiment = administratorAction
  .inputSchema(id.extend({ input }))
  .action(({ parsedInput, ctx }) =>
    ctx.engine.experiments.update(ctx.actor, parsedInput.id, parsedInput.input),
  );

export const previewStart = administratorAction
  .inputSchema(id)
  .action(({ parsedInput, ctx }) => ctx.engine.experiments.previewStart(parsedInput.id));

export const startExperiment = administratorAction
  .inputSchema(id)
  .action(({ parsedInput, ctx }) => ctx.engine.experiments.start(ctx.actor, parsedInput.id));

export const stopExperiment = administratorAction
  .inputSchema(id)
  .action(({ parsedInput, ctx }) => ctx.engine.experiments.stop(ctx.actor, parsedInput.id));

export const previewRollOut = administratorAction
  .inputSchema(chosen)
  .action(({ parsedInput, ctx }) =>
    ctx.engine.experiments.previewRollOut(parsedInput.id, parsedInput.variant),
  );

export const rollOut = administratorAction
  .inputSchema(chosen)
  .action(({ parsedInput, ctx }) =>
    ctx.engine.experiments.rollOut(ctx.actor, parsedInput.id, parsedInput.variant),
  );

export const undoRollOut = administratorAction
  .inputSchema(id)
  .action(({ parsedInput, ctx }) => ctx.engine.experiments.undoRollOut(ctx.actor, parsedInput.id));

export const removeExperiment = administratorAction
  .inputSchema(id)
  .action(({ parsedInput, ctx }) => ctx.engine.experiments.remove(ctx.actor, parsedInput.id));
