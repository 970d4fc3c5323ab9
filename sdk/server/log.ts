import { environment } from "./environment.ts";
import type { Log, LogFields } from "./types.ts";

export function createLog(base: LogFields = {}): Log {
  const write = (level: string, message: string, fields: LogFields = {}) => {
    const line = { level, time: new Date().toISOString(), ...base, ...fields, msg: message };
    process.stdout.write(`${JSON.stringify(line, errorAsText)}\n`);
  };
  return {
    debug: (message, fields) => write("debug", message, fields),
    info: (message, fields) => write("info", message, fields),
    warn: (message, fields) => write("warn", message, fields),
    error: (message, fields) => write("error", message, fields),
    with: (fields) => createLog({ ...base, ...fields }),
  };
}

/** JSON.stringify makes `{}` of an Error and throws on a BigInt; a log line must do neither. */
function errorAsText(_key: string, value: unknown): unknown {
  if (value instanceof Error) return value.stack ?? value.message;
  return typeof value === "bigint" ? value.toString() : value;
}

/** The process's own log. */
export const log: Log = createLog({ module: environment.module });
