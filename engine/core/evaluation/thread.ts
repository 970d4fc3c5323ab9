import { parentPort } from "node:worker_threads";
import { isGraftError } from "../errors.ts";
import type { FromThread, ToThread } from "./messages.ts";

// A thread of the pool: does one thing at a time, and may be ended in the middle of it.
const post = (message: FromThread) => parentPort?.postMessage(message);

parentPort?.on("message", async ({ module, input, answerCharsMax }: ToThread) => {
  try {
    const { run } = (await import(module)) as { run(input: unknown): unknown };
    post({ kind: "begun" });
    const answer = JSON.stringify(run(input)) ?? "null";
    post(answer.length > answerCharsMax ? { kind: "over", what: "answer" } : { kind: "done", answer });
  } catch (error) {
    post(toMessage(error));
  }
});

function toMessage(error: unknown): FromThread {
  if (isGraftError(error)) {
    const { code, message, hint, details } = error;
    return { kind: "refused", code, message, details, ...(hint === undefined ? {} : { hint }) };
  }
  // The stack, or a string or an array longer than there can be.
  if (error instanceof RangeError) return { kind: "over", what: "nesting" };
  return { kind: "failed", message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
