import type { LogLine } from "../../../contract/logs.ts";
import type { Runtime } from "../../serving/runtime/index.ts";
import { queueEvents } from "./event-queue.ts";
import type { ServerEvent } from "./types.ts";

/** The newest `limit` lines, then each new one, until the client leaves. */
export async function* followLog(
  runtime: Pick<Runtime, "logs" | "onLog">,
  { module, limit }: { module: string; limit: number },
  signal: AbortSignal,
): AsyncGenerator<ServerEvent> {
  const lines = queueEvents<LogLine>(
    signal,
    (push) => {
      for (const line of runtime.logs(module, limit)) push(line);
      return runtime.onLog(module, push);
    },
    2000,
  );
  for await (const line of lines) yield { data: line };
}
