import type { GoalSource } from "../../../contract/experiments.ts";
import type { Registry } from "../../supply/installed/index.ts";

/** Every goal of every installed module. */
export function listGoals(registry: Pick<Registry, "list">): GoalSource[] {
  return registry.list().flatMap(({ name, title, manifest }) =>
    Object.entries(manifest.goals).map(([goal, declared]) => ({
      module: name,
      moduleTitle: title,
      goal,
      title: declared.title,
      description: declared.description ?? "",
      kind: declared.kind,
    })),
  );
}
