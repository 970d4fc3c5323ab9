import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { GraftError } from "../../core/index.ts";

/** The engine needs milliseconds between two queries, seconds for a hundred tables on a busy machine. */
const silenceMs = 60_000;

export interface Watch {
  factory: SqlMigrationAwareDriverAdapterFactory;
  /** Rejects with MIGRATION_FAILED once the engine neither asks nor waits for PostgreSQL any more. */
  silent: Promise<never>;
  isSilent(): boolean;
  end(): void;
}

/**
 * A panic inside the engine may leave its promise open for ever. A query may take hours, so what is timed is the
 * silence between them.
 */
export function watchEngine(
  factory: SqlMigrationAwareDriverAdapterFactory,
  { limitMs = silenceMs } = {},
): Watch {
  let waiting = 0;
  let calls = 0;
  let callsSeen = -1;
  const counted = <T extends object>(adapter: T): T =>
    new Proxy(adapter, {
      get(target, key) {
        const value = Reflect.get(target, key, target);
        if (typeof value !== "function") return value;
        return (...args: unknown[]) => {
          const result = value.apply(target, args);
          return result instanceof Promise ? during(result) : result;
        };
      },
    });
  async function during(call: Promise<unknown>): Promise<unknown> {
    waiting++;
    calls++;
    try {
      const result = await call;
      // A transaction asks on its own.
      return typeof (result as { queryRaw?: unknown } | null)?.queryRaw === "function"
        ? counted(result as object)
        : result;
    } finally {
      waiting--;
    }
  }
  let isSilent = false;
  const { promise: silent, reject } = Promise.withResolvers<never>();
  silent.catch(() => {});
  // Two looks without a call between them: a process that was held up itself is not taken for a silent engine.
  const timer = setInterval(() => {
    isSilent ||= waiting === 0 && calls === callsSeen;
    if (isSilent) reject(stopped(limitMs));
    callsSeen = waiting === 0 ? calls : -1;
  }, limitMs / 2);
  return { factory: counted(factory), silent, isSilent: () => isSilent, end: () => clearInterval(timer) };
}

function stopped(limitMs: number): GraftError {
  return new GraftError(
    "MIGRATION_FAILED",
    `Prisma's schema engine stopped answering: it asked PostgreSQL nothing for ${limitMs / 1000} s.`,
    {
      hint: "Nothing was changed, and the engine was started anew. Try again; if it stops at the same migration, report it to the module's author.",
    },
  );
}
