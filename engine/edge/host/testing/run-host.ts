import { copyFileSync, rmSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { PlanChange } from "../../../change/plan/index.ts";
import { loadSettings, systemActor, toProblem } from "../../../core/index.ts";
import { createHost } from "../create-host.ts";
import type { Host } from "../types.ts";

/** What a test asks of the host; each is answered with one line of JSON. */
export type HostCommand = { fault?: string } & (
  | { do: "start" }
  | { do: "apply"; changes: PlanChange[] }
  | { do: "configure"; module: string; config: Record<string, unknown> }
  | { do: "delete kept data" }
  /** As Undo does, to the generation before the present one. */
  | { do: "go back" }
  /** The newest snapshot as a file that somebody has; without one, the data of the module as it is. */
  | { do: "restore file"; module: string }
  /** Hours from now, one after the other at each look at the clock; for hosts that were loaded with jumping-clock.ts. */
  | { do: "set clock"; hours: number[] }
);

/**
 * A host in a process of its own, for tests that kill it. Reads commands from its standard input, one a line, and arms
 * the fault point a command names just before it runs it; begins nothing before `start`; ends in order at the end.
 */
let host = null as Host | null;
// One that is killed leaves nothing of what it compiled.
flushCompileCache();

async function run(command: HostCommand): Promise<unknown> {
  if (command.do === "start") return start();
  if (command.do === "set clock") {
    (globalThis as unknown as { clockHours: number[] }).clockHours = command.hours;
    return {};
  }
  if (host === null) throw new Error("not started");
  const { install, plans, registry } = host.engine;
  if (command.do === "configure") return install.configure(systemActor, command.module, command.config);
  if (command.do === "delete kept data") {
    for (const { id } of await install.keptData.list()) await install.keptData.delete(systemActor, id);
    return {};
  }
  if (command.do === "restore file") {
    const { id } = (await install.keptData.list()).find(
      ({ kind, module }) => kind === "snapshot" && module === command.module,
    ) ?? { id: "" };
    const given = join(tmpdir(), "../given.graft");
    if (id === "") await install.moduleData.export(systemActor, command.module, given);
    else {
      const { path, once } = await install.keptData.open(id);
      copyFileSync(path, given);
      if (once) rmSync(path);
    }
    try {
      const { operation } = await install.moduleData.restore(systemActor, command.module, {
        file: given,
        confirm: command.module,
      });
      return operation && (await install.operations.wait(operation.id));
    } finally {
      rmSync(given, { force: true });
    }
  }
  const changes: PlanChange[] =
    command.do === "go back"
      ? [{ action: "rollback", generation: registry.generation() - 1 }]
      : command.changes;
  const plan = await plans.create(systemActor, changes);
  const confirm = plan.steps.map((step) => step.module);
  const { id } = await install.operations.apply(systemActor, plan.id, { confirm });
  return install.operations.wait(id);
}

async function start(): Promise<unknown> {
  host = await createHost({
    settings: loadSettings(process.env),
    version: "1.0.0",
    rootDir: join(import.meta.dirname, "../../../.."),
    identifyCookie: () => async () => null,
  });
  await host.engine.install.converge();
  return {};
}

for await (const line of createInterface({ input: process.stdin })) {
  const { fault, ...command } = JSON.parse(line) as HostCommand;
  if (fault !== undefined) process.env.GRAFT_FAULT = fault;
  try {
    console.log(JSON.stringify({ result: await run(command as HostCommand) }));
  } catch (error) {
    console.log(JSON.stringify({ problem: toProblem(error, (_, cause) => console.error(cause)) }));
  }
}
await host?.engine.close();
process.exit(0);
