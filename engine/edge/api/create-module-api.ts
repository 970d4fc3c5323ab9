import type { IncomingMessage, ServerResponse } from "node:http";
import { GraftError } from "../../core/index.ts";
import type { Identity } from "../../people/index.ts";
import { type ModuleApi, methodNotAllowed, sendProblem } from "../../serving/gateway/index.ts";
import type { InstalledModule } from "../../supply/installed/index.ts";
import { readJson } from "./read-input.ts";
import type { ApiEngine } from "./types.ts";

type ModuleEngine = Pick<ApiEngine, "log" | "access" | "notifications" | "experiments">;

/** One call of a running module; `identity` is the user it serves, or the module itself. */
interface ModuleCall {
  engine: ModuleEngine;
  caller: InstalledModule;
  identity: Identity;
  body: unknown;
}

/** What a module may ask of the host, below `/api/v1/graft` on the host's socket. Each is about itself alone. */
const calls: Record<string, (call: ModuleCall) => Promise<unknown>> = {
  "/notifications": ({ engine, caller, body }) => engine.notifications.send(caller.name, body),
  "/notifications/retract": ({ engine, caller, body }) => engine.notifications.retract(caller.name, body),
  "/goals": reportGoal,
  async "/exposures"({ engine, caller, identity, body }) {
    engine.experiments.reportUse(identity, caller.name, body);
    return {};
  },
};

const prefix = "/api/v1/graft";

export function createModuleApi(engine: ModuleEngine): ModuleApi {
  return (req, res, from) => {
    answer(engine, { req, res, ...from }).catch((error: unknown) => sendProblem(res, error, engine.log));
  };
}

/** For the user whose request is being served, or for the one it names: work in the background is for somebody too. */
async function reportGoal({ engine, caller, identity, body }: ModuleCall): Promise<unknown> {
  const { user, ...report } = typeof body === "object" && body !== null ? (body as { user?: unknown }) : {};
  const named = typeof user === "string" ? engine.access.directory.identity(user) : null;
  if (user !== undefined && named === null) throw new GraftError("NOT_FOUND", "There is no such user.");
  if (named === null && identity.userId.startsWith("module:")) {
    throw new GraftError("INVALID_INPUT", "A goal is reached by a user.", {
      hint: "Pass on the Graft-Identity of the request being served as Graft-On-Behalf, or name the user's id.",
    });
  }
  return engine.experiments.reportGoal(named ?? identity, caller.name, report);
}

async function answer(
  engine: ModuleEngine,
  request: { req: IncomingMessage; res: ServerResponse; caller: InstalledModule; identity: Identity },
): Promise<void> {
  const { req, res, caller, identity } = request;
  const path = (req.url ?? "").split("?", 1)[0]?.slice(prefix.length) ?? "";
  const call = Object.hasOwn(calls, path) ? calls[path] : undefined;
  if (call === undefined) {
    throw new GraftError("NOT_FOUND", `Modules can ask nothing of the host at ${prefix}${path}.`, {
      hint: `There is: ${Object.keys(calls).join(", ")}.`,
    });
  }
  if (req.method !== "POST") throw methodNotAllowed(req.method, ["POST"]);
  const body = Buffer.from(
    JSON.stringify(await call({ engine, caller, identity, body: await readJson(req) })),
  );
  res.writeHead(200, { "content-type": "application/json", "content-length": body.length }).end(body);
}
