import { setTimeout as sleep } from "node:timers/promises";
import type { AccessSetting } from "../../../../../contract/access.ts";
import type { PlanChange } from "../../../../change/plan/index.ts";
import { systemActor } from "../../../../core/index.ts";
import { applyPlan, change, makePlan, noteSnapshots, outcomeOf, refusal } from "./change.ts";
import { inData, placesOf } from "./data.ts";
import type { Draw } from "./draw.ts";
import { type Model, type Outcome, without } from "./model.ts";
import { moduleNames, modules } from "./modules.ts";
import type { World } from "./world.ts";

export type Step = (world: World, model: Model, draw: Draw) => Promise<Outcome>;

const same = (model: Model, what: string): Outcome => ({ model, what, changed: false });
const installed = (model: Model) => Object.keys(model.modules).sort();
const versionsOf = (name: string) => Object.keys(modules[name] ?? {});

export function drawAccess(draw: Draw): AccessSetting {
  return draw.pick([{ mode: "everyone" }, { mode: "nobody" }, { mode: "groups", groups: ["staff"] }]);
}

/** Any change a person could ask for, sensible or not; refusing it is one of the right answers. */
export function drawChange(model: Model, draw: Draw): PlanChange[] {
  const present = installed(model);
  const absent = moduleNames.filter((name) => !present.includes(name));
  const kind = draw.pick([
    "install",
    "install",
    "upgrade",
    "upgrade",
    "upgrade",
    "uninstall",
    "rollback",
  ] as const);
  if (kind === "rollback" && model.generation > 0) {
    const back = draw.below(Math.min(model.generation, 12));
    const settings = draw.pick([{}, { settings: true }, { settings: false }]);
    return [{ action: "rollback", generation: Math.max(1, model.generation - back), ...settings }];
  }
  if (kind === "uninstall" && present.length > 0) {
    const data = draw.pick(["keep", "export", "delete"] as const);
    const some = draw.below(3) === 0 ? present.toReversed() : [draw.pick(present)];
    return some.map((module) => ({ action: "uninstall", module, data }));
  }
  if (kind === "upgrade" && present.length > 0) {
    const module = draw.pick(present);
    return [{ action: "upgrade", module, version: draw.pick(versionsOf(module)) }];
  }
  const module = draw.pick(absent.length > 0 ? absent : moduleNames);
  const data = draw.below(4) === 0 ? { data: "fresh" as const } : {};
  return [
    { action: "install", module, version: draw.pick(versionsOf(module)), access: drawAccess(draw), ...data },
  ];
}

const applyChange: Step = (world, model, draw) => change(world, model, drawChange(model, draw));

const writeRows: Step = async (world, model, draw) => {
  const owners = Object.keys(model.data).filter((name) => name in model.modules);
  if (owners.length === 0) return same(model, "no table to write to");
  const module = draw.pick(owners.sort());
  const rows = model.data[module] ?? [];
  const place = (await placesOf(world)).get(module);
  if (!place) throw new Error(`${module} has no database`);
  if (rows.length > 0 && draw.below(4) === 0) {
    const id = draw.pick([...rows]);
    await inData(world, place, `DELETE FROM items WHERE id = ${id}`);
    const data = { ...model.data, [module]: rows.filter((row) => row !== id) };
    return { model: { ...model, data }, what: `delete row ${id} of ${module}`, changed: true };
  }
  const id = Math.max(0, ...Object.values(model.snapshots).flat(), ...rows) + 1;
  await inData(world, place, `INSERT INTO items (id) VALUES (${id})`);
  return {
    model: { ...model, data: { ...model.data, [module]: [...rows, id] } },
    what: `write row ${id} of ${module}`,
    changed: true,
  };
};

const setAccess: Step = async (world, model, draw) => {
  const name = draw.pick(moduleNames);
  const access = drawAccess(draw);
  const what = `access of ${name}: ${access.mode}`;
  const present = model.modules[name];
  const setting = world.host.engine.flags.setAccess(systemActor, name, access);
  if (!present) return same(model, `${what}: ${await refusal(setting, ["NOT_FOUND"])}`);
  await setting;
  return {
    model: { ...model, modules: { ...model.modules, [name]: { ...present, access } } },
    what,
    changed: true,
  };
};

const configure: Step = async (world, model, draw) => {
  const name = draw.pick(moduleNames);
  const config = { word: `w${draw.below(1000)}` };
  const what = `settings of ${name}: ${config.word}`;
  const present = model.modules[name];
  const setting = world.host.engine.install.configure(systemActor, name, config);
  if (!present) return same(model, `${what}: ${await refusal(setting, ["MODULE_NOT_INSTALLED"])}`);
  await setting;
  return {
    model: { ...model, modules: { ...model.modules, [name]: { ...present, config } } },
    what,
    changed: true,
  };
};

const setFlag: Step = async (world, model, draw) => {
  const names = installed(model);
  if (names.length === 0) return same(model, "no flag to set");
  const name = draw.pick(names);
  const value = draw.below(2) === 1;
  const definition = {
    state: "ENABLED" as const,
    variants: { on: true, off: false },
    defaultVariant: value ? "on" : "off",
  };
  await world.host.engine.flags.features.save(systemActor, { [`${name}.fast`]: { definition } });
  return {
    model: { ...model, flags: { ...model.flags, [name]: value } },
    what: `flag of ${name}: ${value}`,
    changed: true,
  };
};

/** A plan that was looked at for too long: what came in between is not undone by it. */
const stalePlan: Step = async (world, model, draw) => {
  const plan = await makePlan(world, drawChange(model, draw));
  const between = await applyChange(world, model, draw);
  if (between.model.generation === model.generation || plan === null) return between;
  const code = await refusal(applyPlan(world, plan), ["PLAN_STALE", "MODULE_NEEDED"]);
  return { ...between, what: `${between.what}; then a stale plan: ${code}` };
};

/** Two administrators press the button at once: one change happens, the other is told so. */
const twoAtOnce: Step = async (world, model, draw) => {
  const plans = await Promise.all([
    makePlan(world, drawChange(model, draw)),
    makePlan(world, drawChange(model, draw)),
  ]);
  const [one, two] = plans;
  if (!one || !two || one.blockedBy.length > 0 || two.blockedBy.length > 0)
    return same(model, "no two plans to apply");
  const answers = await Promise.allSettled([applyPlan(world, one), applyPlan(world, two)]);
  let next = same(model, "two at once");
  for (const [index, answer] of answers.entries()) {
    if (answer.status === "rejected") {
      const code = await refusal(Promise.reject(answer.reason), ["PLAN_STALE", "OPERATION_IN_PROGRESS"]);
      next = { ...next, what: `${next.what}; ${index}: ${code}` };
      continue;
    }
    const { status } = answer.value;
    const plan = index === 0 ? one : two;
    next = {
      model: outcomeOf(next.model, plan, status),
      what: `${next.what}; ${index}: ${status}`,
      changed: true,
    };
  }
  if (answers.every((answer) => answer.status === "rejected")) throw new Error(`nobody won: ${next.what}`);
  if (next.model.generation > model.generation + 2) throw new Error(`both won: ${next.what}`);
  return { ...next, model: await noteSnapshots(world, model, next.model) };
};

const deleteKept: Step = async (world, model, draw) => {
  const all = await world.host.engine.install.keptData.list();
  if (all.length === 0) return same(model, "no kept data to delete");
  const { id, module, kind } = draw.pick(all.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt)));
  await world.host.engine.install.keptData.delete(systemActor, id);
  const what = `delete ${kind} data of ${module}`;
  if (kind === "snapshot")
    return { model: { ...model, snapshots: without(model.snapshots, id) }, what, changed: true };
  if (kind === "exported") return { model, what, changed: true };
  const kept = model.kept.filter((name) => name !== module);
  return { model: { ...model, kept, data: without(model.data, module) }, what, changed: true };
};

const killProcess: Step = async (world, model, draw) => {
  const names = installed(model);
  if (names.length === 0) return same(model, "no process to kill");
  const name = draw.pick(names);
  const { runtime } = world.host.engine;
  const pid = runtime.status(name)?.pid;
  if (pid) process.kill(pid, "SIGKILL");
  // Until it is seen to be gone: the old one must not be taken for the new one.
  for (const begin = Date.now(); runtime.status(name)?.pid === pid && Date.now() - begin < 20_000; )
    await sleep(10);
  if (runtime.status(name)?.state === "quarantined") await runtime.restart(name);
  return { model, what: `kill the process of ${name}`, changed: true };
};

const restart: Step = async (world, model) => {
  await world.restart();
  return { model, what: "restart", changed: true };
};

export const steps = {
  applyChange,
  writeRows,
  setAccess,
  configure,
  setFlag,
  stalePlan,
  twoAtOnce,
  deleteKept,
  killProcess,
  restart,
};
