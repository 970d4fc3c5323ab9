import { run } from "../main.ts";
import type { Terminal } from "../terminal.ts";

/** One call of the command line in `cwd`, with answers to what it asks; its status and what it wrote. */
export async function runCli(cwd: string, args: string, replies: (string | null)[] = [], env = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    ask: async (question) => {
      err.push(question);
      return replies.shift() ?? null;
    },
    style: (_, text) => text,
  };
  const status = await run(args.split(" "), { terminal, env, cwd });
  return { status, out: out.join("\n"), err: err.join("\n") };
}
