import { GraftError, isGraftError } from "../../core/index.ts";
import { moduleStopped } from "./holds.ts";

const gone = new Set([
  "ENOENT",
  "ECONNREFUSED",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_CLOSED",
  "UND_ERR_DESTROYED",
]);
const late = new Set(["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"]);

/** What went wrong between the gateway and a module's process, in the client's terms. */
export function explainUpstreamError(error: unknown, module: string): unknown {
  if (isGraftError(error)) return error;
  const code = String((error as { code?: unknown } | null)?.code);
  if (gone.has(code)) return moduleStopped(module);
  if (late.has(code)) {
    return new GraftError("MODULE_TIMEOUT", `${module} did not answer in time.`, {
      hint: "Try again; if it stays so, an operator sees its state and log under Health, and an administrator may give it more time.",
      retryable: true,
      details: { module },
    });
  }
  if (code === "UND_ERR_INVALID_ARG" || code === "UND_ERR_NOT_SUPPORTED") {
    return new GraftError("INVALID_INPUT", `This request cannot be passed on: ${(error as Error).message}.`, {
      cause: error,
    });
  }
  return new GraftError(
    "MODULE_BAD_GATEWAY",
    `${module} broke off or sent something that is not an HTTP answer.`,
    {
      hint: "An operator sees its log under Health.",
      details: { module, reason: error instanceof Error ? error.message : String(error) },
      cause: error,
    },
  );
}
