import { type Resolution, resolveAs } from "../flags/open-feature.ts";
import type { Graft } from "./types.ts";

type Handler = (details?: { flagsChanged?: string[]; providerName?: string }) => unknown;

/** OpenFeature's provider for browsers: `OpenFeature.setProvider(createFlagProvider(graft))`. */
export interface WebFlagProvider {
  readonly metadata: { readonly name: string };
  readonly runsOn: "client";
  // OpenFeature's emitter, in as far as its client asks for it.
  // biome-ignore lint/suspicious/noExplicitAny: an interface of a package that is not there
  readonly events: any;
  onClose(): Promise<void>;
  resolveBooleanEvaluation(key: string, fallback: boolean): Resolution<boolean>;
  resolveStringEvaluation(key: string, fallback: string): Resolution<string>;
  resolveNumberEvaluation(key: string, fallback: number): Resolution<number>;
  // biome-ignore lint/suspicious/noExplicitAny: as OpenFeature has it: any JSON value
  resolveObjectEvaluation<T = any>(key: string, fallback: T): Resolution<T>;
}

/**
 * Answers from the flags that the host gave the frame, for the user who looks at it, and tells of changes while the
 * frame is open. A context set in the frame changes nothing: who the user is, the host knows.
 */
export function createFlagProvider(graft: Pick<Graft, "flag" | "flags" | "onFlags">): WebFlagProvider {
  const emitter = createEmitter();
  let before = graft.flags;
  const stop = graft.onFlags((flags) => {
    const keys = new Set([...Object.keys(before), ...Object.keys(flags)]);
    const flagsChanged = [...keys].filter((key) => !same(before[key], flags[key]));
    before = flags;
    if (flagsChanged.length > 0) emitter.emit("PROVIDER_CONFIGURATION_CHANGED", { flagsChanged });
  });
  const resolve = <T>(key: string, fallback: T) =>
    resolveAs(key, fallback, { value: graft.flag(key), reason: "CACHED" });
  return {
    metadata: { name: "graft" },
    runsOn: "client",
    events: emitter,
    onClose: async () => stop(),
    resolveBooleanEvaluation: resolve,
    resolveStringEvaluation: resolve,
    resolveNumberEvaluation: resolve,
    resolveObjectEvaluation: resolve,
  };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function createEmitter() {
  const handlers = new Map<string, Set<Handler>>();
  return {
    addHandler(event: string, handler: Handler) {
      handlers.set(event, (handlers.get(event) ?? new Set()).add(handler));
    },
    removeHandler: (event: string, handler: Handler) => void handlers.get(event)?.delete(handler),
    removeAllHandlers(event?: string) {
      if (event === undefined) handlers.clear();
      else handlers.delete(event);
    },
    getHandlers: (event: string) => [...(handlers.get(event) ?? [])],
    setLogger() {
      return this;
    },
    emit(event: string, details: { flagsChanged?: string[] } = {}) {
      for (const handler of handlers.get(event) ?? []) handler({ ...details, providerName: "graft" });
    },
  };
}
