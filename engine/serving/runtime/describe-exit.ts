import type { LogLine } from "../../../contract/logs.ts";
import type { ModuleProcess } from "./spawn-process.ts";
import { memoryMb } from "./spawn-process.ts";

/** One sentence on why a process ended, without its module's name: `exited with status 1: TypeError: …`. */
export function describeExit(process: ModuleProcess, lines: readonly LogLine[]): string {
  if (process.killedFor !== null) return process.killedFor;
  if (
    lines.some(({ stream, text }) => stream === "stderr" && text.includes("JavaScript heap out of memory"))
  ) {
    return `ran out of memory: its heap reached the limit of ${memoryMb(process.spec)} MB`;
  }
  const { code, signal } = process.exit ?? { code: null, signal: null };
  const how = signal === null ? `exited with status ${code}` : `was ended by ${signal}`;
  const cause = mostTellingLine(lines)?.slice(0, 500);
  return cause === undefined ? how : `${how}: ${cause}`;
}

/**
 * The line that says most about an end: the error that Node prints between the place and the stack, else the last
 * error of a JSON log, else the last words on standard error.
 */
export function mostTellingLine(lines: readonly Pick<LogLine, "stream" | "text">[]): string | undefined {
  const errors = lines.filter((line) => line.stream === "stderr").map((line) => line.text);
  const named = errors.findLast((text) => /^(Uncaught )?([A-Z]\w*)?(Error|Exception)\b.*:/.test(text));
  if (named !== undefined) {
    const place = errors.map((text) => /file:\/\/\/@[^/]+\/(.+?:\d+)/.exec(text)?.[1]).find(Boolean);
    return place === undefined ? named : `${place}: ${named}`;
  }
  const logged = lines.map((line) => errorInJson(line.text)).findLast((text) => text !== null);
  if (logged) return logged;
  return errors.findLast((text) => text.trim() !== "" && !/^(\s+at |Node\.js v|\}$)/.test(text));
}

/** `message: first line of the error` of an error line as the SDK and pino write it; null for any other line. */
function errorInJson(text: string): string | null {
  if (!text.startsWith("{")) return null;
  try {
    const { level, msg, error, err } = JSON.parse(text) as Record<string, unknown>;
    if (level !== "error" && level !== "fatal" && !(typeof level === "number" && level >= 50)) return null;
    const cause = error ?? (err as { message?: unknown } | undefined)?.message;
    const first = typeof cause === "string" ? cause.split("\n", 1)[0] : undefined;
    return [msg, first].filter((part) => typeof part === "string").join(": ") || null;
  } catch {
    return null;
  }
}
