import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createRouter, malformedPath } from "../routing/index.ts";
import { createContext, type LiveRequest } from "./create-context.ts";
import { sql } from "./database.ts";
import { type Environment, environment } from "./environment.ts";
import { serveAs } from "./flags.ts";
import { log } from "./log.ts";
import { problem, toProblem } from "./problem.ts";
import { isReply, isStream, isWebResponse, sendAnswer, sendProblem } from "./send-answer.ts";
import type { Context, DefinedModule, Handler, ModuleDefinition } from "./types.ts";
import { createIdentityVerifier, type IdentityVerifier } from "./verify-identity.ts";

/**
 * Defines a module's server: `export default defineModule({ routes: { "GET /v1/hello": () => "Hello" } })`.
 * Listens at once when the host started the process; elsewhere (a build, an import in a test) does nothing.
 * Every request but `GET /healthz` needs a valid `Graft-Identity`. SIGTERM finishes open requests, then exits.
 */
export function defineModule<State = undefined, Route extends string = string>(
  definition: ModuleDefinition<State, Route>,
): DefinedModule {
  const started = environment.listen ? start(definition, environment) : Promise.resolve();
  started.catch((error: unknown) => {
    log.error("the module could not start", { error });
    process.exitCode = 1;
    // Standard output may be a pipe: leaving only after it took the line keeps the reason in the host's log.
    process.stdout.write("", () => process.exit(1));
  });
  return { started };
}

async function start<State, Route extends string>(
  definition: ModuleDefinition<State, Route>,
  env: Environment,
): Promise<void> {
  if (!env.identityKey || env.identityKey.length < 32) {
    throw new Error("GRAFT_IDENTITY_KEY must hold 32 bytes as base64url, or no request could be trusted.");
  }
  // The first request finds a connection; a failure shows in its own query, with its own error.
  if (env.databaseUrl) void sql.query("SELECT 1").catch(() => {});
  const { module, version, config } = env;
  const state = (await definition.setup?.({ module, version, config, log })) as State;
  const live = new Set<LiveRequest>();
  const server = createServer(
    { keepAliveTimeout: 60_000 },
    createListener({
      definition,
      state,
      live,
      verifier: createIdentityVerifier({ module, key: env.identityKey }),
    }),
  );
  stopOnSignal(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const request of live) if (request.streaming) request.abort();
    // A kept-alive connection turns idle only when its last answer has left; the server does not look again by itself.
    const sweep = setInterval(() => server.closeIdleConnections(), 20);
    await closed;
    clearInterval(sweep);
    await definition.close?.(state);
    await sql.close();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(env.listen, resolve);
  });
}

interface ListenerOptions<State, Route extends string> {
  definition: ModuleDefinition<State, Route>;
  state: State;
  live: Set<LiveRequest>;
  verifier: IdentityVerifier;
}

function createListener<State, Route extends string>(options: ListenerOptions<State, Route>) {
  const { definition, state, live, verifier } = options;
  const route = createRouter<Handler<State>>(
    definition.routes as Record<string, unknown> as Record<string, Handler<State>>,
  );
  const limitBytes = definition.bodyLimitBytes ?? 1024 * 1024;

  return (request: IncomingMessage, response: ServerResponse) => {
    const method = request.method ?? "GET";
    const url = request.url ?? "/";
    const cut = url.indexOf("?");
    const path = cut === -1 ? url : url.slice(0, cut);
    if (path === "/healthz" && (method === "GET" || method === "HEAD")) {
      void answerHealth(definition, state, response);
      return;
    }
    const identity = verifier.verify(request.headers["graft-identity"]);
    if (!identity) {
      refuse(
        response,
        problem(401, "Only Graft may call this module: Graft-Identity is missing or not valid."),
      );
      return;
    }
    const match = route(method, path);
    if (match === malformedPath) {
      refuse(response, problem(400, "The address holds a malformed % escape."));
    } else if (match === null) {
      refuse(response, problem(404, `There is nothing at ${path}.`));
    } else if ("allowed" in match) {
      const allow = match.allowed.join(", ");
      refuse(response, problem(405, `${method} is not possible at ${path}; use ${allow}.`), {
        allow,
      });
    } else {
      const { context, liveRequest } = createContext({
        request,
        response,
        identity,
        state,
        params: match.params,
        search: cut === -1 ? "" : url.slice(cut + 1),
        limitBytes,
      });
      live.add(liveRequest);
      void answer(match.handler, context, { live: liveRequest, response }).finally(() =>
        live.delete(liveRequest),
      );
    }
  };
}

async function answer<State>(
  handler: Handler<State>,
  context: Context<State>,
  { live, response }: { live: LiveRequest; response: ServerResponse },
): Promise<void> {
  try {
    const value = await serveAs(context, () => handler(context));
    const body = isReply(value) || isWebResponse(value) ? value.body : value;
    live.streaming = isStream(body);
    await sendAnswer(response, value);
  } catch (error) {
    if (response.destroyed || live.aborted) {
      response.destroy();
      return;
    }
    const known = toProblem(error, context.traceId);
    if (known !== error) context.log.error("a request failed", { path: context.request.url, error });
    if (response.headersSent) response.destroy();
    else refuse(response, known);
  }
}

function refuse(
  response: ServerResponse,
  error: ReturnType<typeof problem>,
  headers: Record<string, string> = {},
): void {
  sendProblem(response, error, headers);
  // Closing with a body still on its way resets the connection, and the refusal is lost with it. The gateway bounds what
  // comes, and stops sending once it has the answer.
  response.req.resume();
}

async function answerHealth<State, Route extends string>(
  definition: ModuleDefinition<State, Route>,
  state: State,
  response: ServerResponse,
): Promise<void> {
  try {
    if (!definition.health && environment.databaseUrl) await sql.query("SELECT 1");
    const value = await definition.health?.(state);
    await sendAnswer(response, value ?? { status: "ok" });
  } catch (error) {
    const detail = error instanceof Error ? error.message || error.name : String(error);
    sendProblem(response, problem(503, detail, { code: "UNHEALTHY" }));
  }
}

function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = () => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error("the module did not stop cleanly", { error });
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}
