import type { Command } from "commander";
import { usageError } from "./cli-error.ts";
import { type Client, createClient } from "./client.ts";
import { findHost } from "./find-host.ts";
import type { Terminal } from "./terminal.ts";

/** What every command works with. */
export interface CommandContext {
  terminal: Terminal;
  env: Record<string, string | undefined>;
  cwd: string;
  /** @throws UsageError when no host is known */
  client(): Client;
  /** Ends the command with this exit status without a message of its own. */
  exitWith(status: number): void;
}

export type AddCommands = (program: Command, context: CommandContext) => void;

export function createContext(
  options: Pick<CommandContext, "terminal" | "env" | "cwd" | "exitWith">,
): CommandContext {
  return {
    ...options,
    client() {
      const host = findHost(options.env, options.cwd);
      if (!host)
        throw usageError(
          "No Graft host was found.",
          "Start one with `npm start` here, or set GRAFT_URL and GRAFT_TOKEN for one elsewhere.",
        );
      return createClient(host);
    },
  };
}

/** `--json` prints exactly what the API answered; else `show` says it for people. */
export function answer<T>(
  { terminal, json }: { terminal: Terminal; json: boolean | undefined },
  value: T,
  show: (value: T) => void,
): void {
  if (json) terminal.out(JSON.stringify(value, null, 2));
  else show(value);
}

export const jsonOption = ["--json", "print the API's answer as JSON"] as const;

/** A query string of what is set, with its question mark; empty when nothing is. */
export function query(values: Record<string, string | number | boolean | undefined>): string {
  const set = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)]],
  );
  return set.length === 0 ? "" : `?${new URLSearchParams(set)}`;
}
