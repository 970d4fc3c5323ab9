import { GraftError, type HostDb, type HostTx } from "../core/index.ts";
import { accessChannel, type LiveDirectory } from "./directory.ts";

export interface Changed<T> {
  result: T;
  /** Users whose identity or tokens are no longer what memory holds; `*` when groups changed for many. */
  touched: string[] | "*";
}

/** Runs work in one transaction, tells every host at commit, and returns once this host sees it. */
export type Change = <T>(work: (tx: HostTx) => Promise<Changed<T>>) => Promise<T>;

// PostgreSQL refuses payloads of 8,000 bytes; an id and its comma take 37.
const idsInPayloadMax = 200;

export function createChange(deps: { db: HostDb; directory: LiveDirectory }): Change {
  return async (work) => {
    const { result, touched } = await deps.db.prisma.$transaction(async (tx) => {
      const changed = await work(tx);
      const many = changed.touched === "*" || changed.touched.length > idsInPayloadMax;
      const payload = many || changed.touched === "*" ? "*" : changed.touched.join(",");
      if (payload !== "") await tx.$executeRaw`SELECT pg_notify(${accessChannel}, ${payload})`;
      return changed;
    });
    if (touched.length > 0) await deps.directory.reload(touched);
    return result;
  };
}

/** Turns a violated unique index into CONFLICT with this message; anything else passes. */
export function conflictAs(message: string, hint: string): (error: unknown) => never {
  return (error) => {
    if ((error as { code?: unknown } | null)?.code !== "P2002") throw error;
    throw new GraftError("CONFLICT", message, { hint, cause: error });
  };
}
