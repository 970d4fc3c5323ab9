import { z } from "zod";
import type { ExperimentView, GoalSource } from "@/contract/experiments";
import { getEngine } from "@/lib/engine";

/** Null for what is no id, too. */
export async function findExperiment(id: unknown): Promise<ExperimentView | null> {
  const parsed = z.uuid().safeParse(id);
  if (!parsed.success) return null;
  return getEngine()
    .experiments.get(parsed.data)
    .catch((error: { code?: string }) => {
      if (error.code === "NOT_FOUND") return null;
      throw error;
    });
}

/** What an experiment can be made of. */
export async function experimentChoices(): Promise<{
  flags: { key: string; description: string; variants: string[]; control: string | null }[];
  goals: GoalSource[];
  groups: { key: string; name: string }[];
}> {
  const { access, experiments, flags } = getEngine();
  const groups = await access.groups.list();
  return {
    flags: flags.features
      .list()
      .filter(({ archived, definition }) => !archived && Object.keys(definition.variants).length > 1)
      .map(({ key, description, definition }) => ({
        key,
        description,
        variants: Object.keys(definition.variants),
        control: definition.defaultVariant ?? null,
      })),
    goals: experiments.goals(),
    groups: groups.map(({ key, name }) => ({ key, name })),
  };
}
