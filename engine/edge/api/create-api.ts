import type { IncomingMessage, ServerResponse } from "node:http";
import { type Actor, GraftError, parseInput, type Role } from "../../core/index.ts";
import { type Caller, clientAddress, methodNotAllowed, sendProblem } from "../../serving/gateway/index.ts";
import { checkAnswer } from "./check-answer.ts";
import { createMatcher } from "./match-route.ts";
import { readJson, readQuery } from "./read-input.ts";
import { allRoutes } from "./routes/index.ts";
import { sendAnswer } from "./send-answer.ts";
import type { Api, ApiEngine, Call, Route } from "./types.ts";

const prefix = "/api/v1/graft";
const hint = `${prefix}/openapi.json describes what each call takes.`;
const rank: Record<Role, number> = { member: 0, operator: 1, administrator: 2 };

/** The host's own API; authorises each call by its row in the route table, then validates, then handles it. */
export function createApi(engine: ApiEngine, routes: readonly Route[] = allRoutes): Api {
  const match = createMatcher(routes);
  return (req, res, caller) => {
    answer({ engine, match }, { req, res, caller }).catch((error: unknown) =>
      sendProblem(res, error, engine.log),
    );
  };
}

async function answer(
  { engine, match }: { engine: ApiEngine; match: ReturnType<typeof createMatcher> },
  { req, res, caller }: { req: IncomingMessage; res: ServerResponse; caller: Caller | null },
): Promise<void> {
  const url = req.url ?? "";
  const path = url.slice(prefix.length).split("?", 1)[0] ?? "";
  const method = req.method ?? "GET";
  const found = match(method, path);
  if (found === null) {
    throw new GraftError("NOT_FOUND", `There is nothing at ${prefix}${path}.`, {
      hint: `${prefix}/openapi.json lists every call.`,
    });
  }
  if (found.kind === "method") {
    if (method !== "OPTIONS") throw methodNotAllowed(method, found.allow);
    res.writeHead(204, { allow: found.allow.join(", ") }).end();
    return;
  }
  const { route, params } = found;
  authorise(route, caller);
  const query =
    route.query === undefined ? {} : parseInput(route.query, readQuery(url), { what: "query", hint });
  const body =
    route.body === undefined
      ? undefined
      : parseInput(route.body, await readJson(req), { what: "body", hint });
  if (route.body === undefined && !route.upload) req.resume();
  const gone = new AbortController();
  res.once("close", () => gone.abort());
  if (res.destroyed) gone.abort();
  if (route.events !== undefined && caller !== null) endWithSession(engine, { route, caller }, gone);
  const call = {
    ...describeCall(engine, req, caller),
    params,
    query,
    body,
    upload: req,
    signal: gone.signal,
  };
  // A public row has no actor; its handler's type says so.
  try {
    const value = await route.handle(call as Call);
    await sendAnswer(res, route, engine.settings.checkAnswers ? checkAnswer(route, value) : value);
  } finally {
    if (route.upload) req.resume();
  }
}

/** A stream outlives the check at its start, so it ends when the caller is disabled, signed out or loses the role or the token. */
function endWithSession(
  engine: ApiEngine,
  { route, caller }: { route: Route; caller: Caller },
  gone: AbortController,
): void {
  if (caller.via === "host" || route.role === "public") return;
  const { userId, sessionEpoch } = caller.identity;
  const needed = rank[route.role];
  const stop = engine.access.directory.onChange(() => {
    const fresh = engine.access.directory.session(userId, sessionEpoch);
    const isValid = caller.token?.isValid() ?? true;
    if (!isValid || fresh === null || rank[fresh.role] < needed) gone.abort();
  });
  gone.signal.addEventListener("abort", stop);
}

/** @throws UNAUTHENTICATED, FORBIDDEN */
function authorise(route: Route, caller: Caller | null): void {
  if (route.role === "public") return;
  if (caller === null) {
    throw new GraftError("UNAUTHENTICATED", "Sign in or send a token.", {
      hint: "`Authorization: Bearer graft_…` with a token from your account.",
    });
  }
  if (rank[caller.identity.role] >= rank[route.role]) return;
  throw new GraftError("FORBIDDEN", `This needs the role ${route.role}.`, {
    hint: "An administrator gives roles under Users.",
    details: { role: caller.identity.role, needed: route.role },
  });
}

function describeCall(engine: ApiEngine, req: IncomingMessage, caller: Caller | null) {
  const ip = clientAddress(req, engine.settings.publicUrl);
  return {
    engine,
    ip,
    ...(caller === null ? {} : { identity: caller.identity, actor: actorOf(caller, ip) }),
    wantsEvents: req.headers.accept?.includes("text/event-stream") ?? false,
    baseUrl: (engine.settings.publicUrl ?? `http://${req.headers.host}`).replace(/\/$/, ""),
  };
}

const vias = { cookie: "user", token: "token", host: "cli" } as const;

function actorOf({ identity, via, token }: Caller, ip: string | undefined): Actor {
  return {
    userId: via === "host" ? null : identity.userId,
    name: identity.name,
    role: identity.role,
    via: vias[via],
    ...(token === undefined ? {} : { tokenId: token.id }),
    ...(ip === undefined ? {} : { ip }),
  };
}
