import { AsyncLocalStorage } from "node:async_hooks";
import { type Resolution, resolveAs } from "../flags/open-feature.ts";
import { callHost } from "./call-module.ts";
import { problem } from "./problem.ts";
import { reportUse } from "./report-use.ts";
import type { FlagDetails, Flags, Identity } from "./types.ts";

const path = "/ofrep/v1/evaluate/flags";

type Answers = ReadonlyMap<string, FlagDetails>;

/** The module's flags for one user; `context`: attributes that rules may ask for, beside the user's own. */
async function evaluate(
  identity: Identity | undefined,
  context: object,
  signal?: AbortSignal,
): Promise<Answers> {
  const answer = await callHost(path, {
    body: { context },
    ...(identity === undefined ? {} : { onBehalfOf: identity }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (!answer.ok) throw problem(503, `Graft answered ${answer.status} when asked for flags.`);
  const { flags } = (await answer.json()) as { flags: FlagDetails[] };
  return new Map(flags.map((flag) => [flag.key, flag]));
}

/** Asked for once in a request, when the first flag is. */
export function createFlags(identity: Identity, signal: () => AbortSignal): Flags {
  let asked: Promise<Answers> | undefined;
  const all = () => {
    asked ??= evaluate(identity, {}, signal());
    return asked;
  };
  const details = async (key: string) => {
    const found = (await all()).get(key) ?? null;
    if (found !== null) reportUse(identity, key, found.value);
    return found;
  };
  const value = async <T>(key: string, fallback: T): Promise<T> =>
    resolveAs(key, fallback, (await details(key)) ?? undefined).value;
  return {
    boolean: value<boolean>,
    string: value<string>,
    number: value<number>,
    object: value,
    details,
    async all() {
      return Object.fromEntries([...(await all())].map(([key, flag]) => [key, flag.value]));
    },
  };
}

interface CurrentRequest {
  identity: Identity;
  flags: Flags;
}
const current = new AsyncLocalStorage<CurrentRequest>();
let providers = 0;

/** Lets a provider know whose request is served; costs nothing while there is no provider. */
export function serveAs<T>(request: CurrentRequest, serve: () => T): T {
  return providers === 0 ? serve() : current.run(request, serve);
}

/** OpenFeature's provider for servers: `OpenFeature.setProvider(createFlagProvider())`. */
export interface ServerFlagProvider {
  readonly metadata: { readonly name: string };
  readonly runsOn: "server";
  resolveBooleanEvaluation(key: string, fallback: boolean, context: object): Promise<Resolution<boolean>>;
  resolveStringEvaluation(key: string, fallback: string, context: object): Promise<Resolution<string>>;
  resolveNumberEvaluation(key: string, fallback: number, context: object): Promise<Resolution<number>>;
  // biome-ignore lint/suspicious/noExplicitAny: as OpenFeature has it: any JSON value
  resolveObjectEvaluation<T = any>(key: string, fallback: T, context: object): Promise<Resolution<T>>;
}

/**
 * Evaluates the module's flags, by the names in its manifest, for the user whose request is being served; outside of a
 * request for the `targetingKey` and attributes that are passed. Always current: nothing is kept between requests.
 */
export function createFlagProvider(): ServerFlagProvider {
  providers++;
  async function resolve<T>(key: string, fallback: T, context: object): Promise<Resolution<T>> {
    const request = current.getStore();
    try {
      if (request !== undefined && Object.keys(context).length === 0)
        return resolveAs(key, fallback, (await request.flags.details(key)) ?? undefined);
      return resolveAs(key, fallback, (await evaluate(request?.identity, context)).get(key));
    } catch (error) {
      const errorMessage = error instanceof Error ? error.message : String(error);
      return { value: fallback, reason: "ERROR", errorCode: "GENERAL", errorMessage };
    }
  }
  return {
    metadata: { name: "graft" },
    runsOn: "server",
    resolveBooleanEvaluation: resolve,
    resolveStringEvaluation: resolve,
    resolveNumberEvaluation: resolve,
    resolveObjectEvaluation: resolve,
  };
}
