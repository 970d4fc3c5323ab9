import { setTimeout as sleep } from "node:timers/promises";
import type { RunningGraft } from "../e2e/support/start-graft.ts";

export interface BenchOperation {
  id: string;
  status: string;
  generation: number | null;
  steps: { name: string; ms: number | null }[];
  finishedAt: string | null;
}

/** The HTTP API with the host's own token; whatever fails ends the benchmark with the answer. */
export function engineClient(graft: RunningGraft) {
  const headers = { authorization: `Bearer ${graft.hostToken}`, "content-type": "application/json" };
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const answer = await fetch(`${graft.url}/api/v1/graft${path}`, init);
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }
  /** Milliseconds from the confirmed plan to the first 200 from `untilServed`, else to the operation's end. */
  async function apply(
    change: object,
    untilServed?: string,
  ): Promise<{ ms: number; operation: BenchOperation }> {
    const plan = await call<{ id: string }>("POST", "/plans", { changes: [change] });
    const module = (change as { module?: string }).module;
    const from = performance.now();
    let operation = await call<BenchOperation>("POST", "/operations", {
      plan: plan.id,
      confirm: module === undefined ? [] : [module],
    });
    if (untilServed !== undefined)
      while ((await fetch(graft.url + untilServed, { headers })).status !== 200) await sleep(1);
    let ms = performance.now() - from;
    while (operation.finishedAt === null) {
      await sleep(2);
      operation = await call<BenchOperation>("GET", `/operations/${operation.id}`);
    }
    if (untilServed === undefined) ms = performance.now() - from;
    if (operation.status !== "succeeded") throw new Error(JSON.stringify(operation, null, 2));
    return { ms, operation };
  }
  return { call, apply, headers };
}
