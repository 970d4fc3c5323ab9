import { type Logger, pino } from "pino";

export type Log = Logger;

/** JSON lines on standard output (readable ones through pino-pretty are the caller's pipe). */
export function createLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}

export const silentLog: Log = pino({ level: "silent" });
