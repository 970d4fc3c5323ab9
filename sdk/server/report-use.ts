import { callModule } from "./call-module.ts";
import type { Identity } from "./types.ts";

const forgetAfterMs = 60_000;
const knownMax = 10_000;
let known = new Set<string>();
let forgetAt = 0;

/**
 * Code got the value of a flag for a user: an experiment on the flag counts them from here on. In the background, once
 * a minute for each user and value; nothing waits for it, and the value is right whether it arrives or not.
 */
export function reportUse(identity: Identity, flag: string, value: unknown): void {
  const now = performance.now();
  if (now >= forgetAt || known.size >= knownMax) {
    known = new Set();
    forgetAt = now + forgetAfterMs;
  }
  const use = JSON.stringify([identity.userId, flag, value]);
  if (value === undefined || known.has(use)) return;
  known.add(use);
  callModule("graft", "/v1/exposures", { body: { flag, value }, onBehalfOf: identity })
    .then((answer) => answer.body?.cancel())
    .catch(() => known.delete(use));
}
