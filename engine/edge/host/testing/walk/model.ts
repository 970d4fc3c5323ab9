import type { AccessSetting } from "../../../../../contract/access.ts";
import type { PlanView } from "../../../../change/plan/index.ts";
import { hasData } from "./modules.ts";

export interface ModelModule {
  version: string;
  access: AccessSetting;
  config: Record<string, unknown>;
}

/** What the system is believed to be. Immutable: a step makes the next one. */
export interface Model {
  generation: number;
  modules: Readonly<Record<string, ModelModule>>;
  /** Ids in `items` of each module that has a schema, installed or kept. */
  data: Readonly<Record<string, readonly number[]>>;
  /** Modules that are gone and whose data was kept. */
  kept: readonly string[];
  /** Rows that each snapshot holds, by its id. */
  snapshots: Readonly<Record<string, readonly number[]>>;
  /** The modules of every generation, as `name version`. */
  history: Readonly<Record<number, readonly string[]>>;
  /** Value of the flag `fast` of each installed module that was set. */
  flags: Readonly<Record<string, boolean>>;
}

export const emptyModel: Model = {
  generation: 0,
  modules: {},
  data: {},
  kept: [],
  snapshots: {},
  history: {},
  flags: {},
};

export function without<T>(record: Readonly<Record<string, T>>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}

export function setOf(model: Model): string[] {
  return Object.entries(model.modules)
    .map(([name, { version }]) => `${name} ${version}`)
    .sort();
}

/** One more generation, with the modules the model has now. */
export function grown(model: Model): Model {
  const generation = model.generation + 1;
  return { ...model, generation, history: { ...model.history, [generation]: setOf(model) } };
}

/** What a plan promises, as the state after it. */
export function promised(model: Model, plan: PlanView): Model {
  let next = model;
  for (const { module, action, to, access, data, schema, settings } of plan.steps) {
    if (action === "uninstall") {
      next = { ...next, modules: without(next.modules, module) };
      if (!hasData(module)) continue;
      if (data === "keep") next = { ...next, kept: [...next.kept, module] };
      else next = { ...next, data: without(next.data, module) };
      continue;
    }
    const before = next.modules[module];
    const nobody: AccessSetting = { mode: "nobody" };
    const installed: ModelModule = { access: nobody, config: {}, ...before, version: to ?? "" };
    if (!before && access) installed.access = access;
    // A rollback gives modules it installs again, and where it is asked to all, what they had then.
    if (settings)
      Object.assign(installed, { config: settings.config, access: settings.access[module] ?? nobody });
    next = { ...next, modules: { ...next.modules, [module]: installed } };
    if (!hasData(module)) continue;
    const isEmpty = !before && data !== "reuse";
    const rows =
      schema?.action === "restore"
        ? (model.snapshots[schema.snapshot] ?? [])
        : isEmpty
          ? []
          : (next.data[module] ?? []);
    const kept = next.kept.filter((name) => name !== module);
    next = { ...next, kept, data: { ...next.data, [module]: rows } };
  }
  return grown(next);
}

/** After a change that was applied and taken back: two generations more, and everything as it was. */
export function takenBack(model: Model, plan: PlanView): Model {
  const { generation, history } = promised(model, plan);
  return grown({ ...model, generation, history });
}

export interface Outcome {
  model: Model;
  /** For the trace of a walk that failed. */
  what: string;
  /** Something was different afterwards. */
  changed: boolean;
}
