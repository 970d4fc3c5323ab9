import { setTimeout as delay } from "node:timers/promises";
import type { OperationView } from "../contract/operation.ts";
import { isApiError } from "./cli-error.ts";
import type { Client } from "./client.ts";
import { formatMs, type Terminal } from "./terminal.ts";

const lostMsMax = 60_000;

export function isFinal({ status }: OperationView): boolean {
  return status === "succeeded" || status === "reverted" || status === "failed" || status === "attention";
}

/**
 * Watches an operation to its end and resolves with its final view. A lost connection is no failure: the host goes on
 * (or finishes after its restart), so it is asked again for up to a minute.
 */
export async function followOperation(
  client: Client,
  operation: OperationView,
  onChange: (operation: OperationView) => void,
): Promise<OperationView> {
  let current = operation;
  let lostSince: number | null = null;
  onChange(current);
  while (!isFinal(current)) {
    try {
      for await (const view of client.events<OperationView>(`/operations/${operation.id}`)) {
        lostSince = null;
        current = view;
        onChange(current);
        if (isFinal(current)) break;
      }
      if (isFinal(current)) break;
      current = await client.call<OperationView>("GET", `/operations/${operation.id}`);
      onChange(current);
    } catch (error) {
      const passing = !isApiError(error) || error.body.status >= 500;
      lostSince ??= Date.now();
      if (!passing || Date.now() - lostSince > lostMsMax) throw error;
    }
    if (!isFinal(current)) await delay(300);
  }
  return current;
}

/** Prints each step once, when it ends. */
export function createProgress(terminal: Terminal): (operation: OperationView) => void {
  const shown = new Set<number>();
  return ({ steps }) => {
    for (const [i, step] of steps.entries()) {
      if (shown.has(i) || step.status === "pending" || step.status === "running") continue;
      shown.add(i);
      terminal.err(stepLine(terminal, step));
    }
  };
}

function stepLine({ style }: Terminal, { title, status, ms, error }: OperationView["steps"][number]): string {
  const ended: Partial<Record<typeof status, string>> = {
    done: style("green", "✓"),
    failed: style("red", "✗"),
  };
  const mark = ended[status] ?? style("dim", "–");
  const time = ms === null ? "" : `  ${style("dim", formatMs(ms))}`;
  return `  ${mark} ${title}${time}${error ? `\n    ${style("red", error)}` : ""}`;
}
