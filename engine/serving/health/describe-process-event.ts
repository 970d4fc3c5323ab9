import type { ProcessEvent } from "../runtime/index.ts";
import type { HealthSignal } from "./health-state.ts";

/** What an event of a process is in the history of its module, and what it says of its health. */
export function describeProcessEvent(event: ProcessEvent): {
  kind: string;
  message: string;
  signal: HealthSignal | null;
} | null {
  switch (event.kind) {
    // It is there once it listens.
    case "started":
      return null;
    case "listening":
      return { kind: "started", message: `listens after ${event.ms} ms`, signal: { kind: "started" } };
    case "restarted":
      return { kind: "restarted", message: `restart ${event.attempt}`, signal: null };
    case "stopped":
      return { kind: "stopped", message: "stopped", signal: { kind: "stopped" } };
    case "crashed":
    case "quarantined": {
      const { kind, message } = event;
      return { kind, message, signal: { kind, message } };
    }
  }
}
