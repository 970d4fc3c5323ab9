import { setTimeout as sleep } from "node:timers/promises";
import { GraftError } from "../../core/index.ts";
import type { Runtime } from "../runtime/index.ts";
import type { ProbeOutcome } from "./probe-module.ts";

export interface GateOptions {
  module: string;
  timeoutMs: number;
  runtime: Runtime;
  probe(timeoutMs: number): Promise<ProbeOutcome>;
}

/**
 * Probes until healthy, every 25 ms in the first second (a person waits), then more calmly.
 * @throws MODULE_UNHEALTHY with the last answer and log lines; at once when the module is in quarantine
 */
export async function gateModule({ module, timeoutMs, runtime, probe }: GateOptions): Promise<void> {
  const begin = performance.now();
  for (;;) {
    const leftMs = timeoutMs - (performance.now() - begin);
    const outcome = await probe(Math.max(100, Math.ceil(leftMs)));
    if (outcome.ok) return;
    const waitedMs = performance.now() - begin;
    const state = runtime.status(module)?.state ?? null;
    if (waitedMs >= timeoutMs || state === "quarantined" || state === "stopped") {
      throw new GraftError(
        "MODULE_UNHEALTHY",
        `${module} did not become healthy within ${(waitedMs / 1000).toFixed(1)} s: it ${outcome.message}`,
        {
          hint: "Its log, in the details, may say why.",
          details: {
            module,
            answer: outcome.message,
            processState: state,
            log: runtime.logs(module, 20).map((line) => line.text),
          },
        },
      );
    }
    await sleep(waitedMs < 1_000 ? 25 : 250);
  }
}
