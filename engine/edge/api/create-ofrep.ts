import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { matchesEntityTag } from "../../../sdk/http/matches-entity-tag.ts";
import { GraftError, isGraftError } from "../../core/index.ts";
import { contextListMax, type FlagContext, hasLongList } from "../../decisions/index.ts";
import { type Caller, methodNotAllowed, sendProblem } from "../../serving/gateway/index.ts";
import { readJson } from "./read-input.ts";
import type { Api, ApiEngine } from "./types.ts";

const prefix = "/ofrep/v1/evaluate/flags";
const request = z.object({ context: z.record(z.string(), z.unknown()).optional() });

/** The OpenFeature Remote Evaluation Protocol: what any OpenFeature client asks, served from memory. */
export function createOfrep(engine: Pick<ApiEngine, "log" | "access" | "flags" | "experiments">): Api {
  return (req, res, caller) => {
    answer(engine, { req, res, caller }).catch((error: unknown) => sendProblem(res, error, engine.log));
  };
}

type OfrepEngine = Pick<ApiEngine, "access" | "flags" | "experiments">;

async function answer(
  engine: OfrepEngine,
  { req, res, caller }: { req: IncomingMessage; res: ServerResponse; caller: Caller | null },
): Promise<void> {
  const path = (req.url ?? "").split("?", 1)[0] ?? "";
  const rest = path.slice(prefix.length);
  if (!path.startsWith(prefix) || (rest !== "" && !rest.startsWith("/"))) {
    throw new GraftError("NOT_FOUND", `There is nothing at ${path}.`, {
      hint: `${prefix} evaluates every flag, ${prefix}/{key} one.`,
    });
  }
  if (req.method !== "POST") throw methodNotAllowed(req.method, ["POST"]);
  if (caller === null) {
    throw new GraftError("UNAUTHENTICATED", "Sign in or send a token to evaluate flags.", {
      hint: "`Authorization: Bearer graft_…` with a token from your account.",
    });
  }
  const key = rest === "" || rest === "/" ? null : decodeKey(rest.slice(1));
  const refuse = (errorCode: string, errorDetails: string) =>
    send(res, 400, JSON.stringify({ ...(key === null ? {} : { key }), errorCode, errorDetails }));
  const body = await readJson(req).catch((error: unknown) => {
    if (isGraftError(error) && error.code === "INVALID_INPUT") return error;
    throw error;
  });
  if (isGraftError(body)) return refuse("PARSE_ERROR", body.message);
  const parsed = request.safeParse(body);
  if (!parsed.success) return refuse("INVALID_CONTEXT", "context must be an object.");
  const chars = Number(req.headers["content-length"] ?? Number.POSITIVE_INFINITY);
  if (hasLongList(parsed.data.context, chars))
    return refuse("INVALID_CONTEXT", `A list in the context has more than ${contextListMax} entries.`);
  const context = mergeContext(engine, caller, parsed.data.context ?? {});
  if (key === null) answerAll(engine, res, context);
  else {
    answerOne(engine, res, { key, context });
    // One flag asked for is one used; of many at once nobody knows which will be. A member speaks only for themselves.
    if (caller.identity.role !== "member" || context.targetingKey === caller.identity.userId)
      engine.experiments.expose(key, context);
  }
}

function answerAll({ flags }: OfrepEngine, res: ServerResponse, context: FlagContext): void {
  const { body, etag } = flags.features.evaluateBulk(context);
  if (matchesEntityTag(res.req.headers["if-none-match"], etag))
    res.writeHead(304, { etag, "cache-control": "no-store" }).end();
  else {
    // ASCII: as many bytes as characters, and nothing to encode, which is a third of the work.
    res.writeHead(200, {
      "content-type": "application/json",
      "content-length": body.length,
      "cache-control": "no-store",
      etag,
    });
    res.end(body, "latin1");
  }
}

function answerOne(
  { flags }: OfrepEngine,
  res: ServerResponse,
  { key, context }: { key: string; context: FlagContext },
): void {
  const found = flags.features.evaluate(key, context);
  if (found === null) {
    send(
      res,
      404,
      JSON.stringify({ key, errorCode: "FLAG_NOT_FOUND", errorDetails: `There is no flag ${key}.` }),
    );
  } else if (found.errorCode !== undefined) {
    send(res, found.errorCode === "PARSE_ERROR" ? 400 : 500, JSON.stringify(found));
  } else if (found.value === undefined) {
    // Clients take the value in their code for a flag that is not there, as flagd has them do.
    const errorDetails = `${key} gives no value: ${found.reason === "DISABLED" ? "it is switched off" : "it has no default"}.`;
    send(res, 404, JSON.stringify({ key, errorCode: "FLAG_NOT_FOUND", errorDetails }));
  } else send(res, 200, JSON.stringify(found));
}

/**
 * A member at a browser is asked for as who they are, whatever the page says. Tokens, operators and administrators
 * may ask for any context; what it leaves out is theirs, unless it is about somebody else.
 */
function mergeContext(engine: OfrepEngine, { identity, via }: Caller, given: FlagContext): FlagContext {
  const { features } = engine.flags;
  if (via === "cookie" && identity.role === "member") return { ...given, ...features.contextOf(identity) };
  const { targetingKey } = given;
  if (typeof targetingKey !== "string") {
    return via === "host" ? given : { ...features.contextOf(identity), ...given };
  }
  // What Graft knows of its users is for those who may see users.
  const known = identity.role === "administrator" ? engine.access.directory.identity(targetingKey) : null;
  const about = targetingKey === identity.userId ? identity : known;
  return about === null ? given : { ...features.contextOf(about), ...given };
}

function decodeKey(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function send(res: ServerResponse, status: number, body: string): void {
  res.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
  });
  res.end(body);
}
