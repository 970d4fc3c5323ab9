import type { FlagContext } from "../types.ts";

/** A piece of JSON Logic, compiled: what it answers for whoever asks. */
export type Read = (context: FlagContext) => unknown;
