import type { IncomingMessage, ServerResponse } from "node:http";
import { GraftError } from "../../core/index.ts";
import type { InstalledModule } from "../../supply/installed/index.ts";
import { moduleStopped } from "./holds.ts";
import { hostIdentity } from "./host-identity.ts";
import { openHostSocket } from "./host-socket.ts";
import { identifyCaller } from "./identify-caller.ts";
import { createIdentityTokens } from "./identity-token.ts";
import { createLiveStreams } from "./live-streams.ts";
import { type ApiTarget, parseApiTarget } from "./parse-target.ts";
import { proxyRequest } from "./proxy-request.ts";
import { refuseUpgrade } from "./refuse-upgrade.ts";
import { requireRoute } from "./require-route.ts";
import { sendProblem } from "./send-problem.ts";
import { createFrameServer } from "./serve-frame.ts";
import { serveProbe } from "./serve-probe.ts";
import type { Caller, Gateway, GatewayDeps, GatewayLimits, HostApi } from "./types.ts";

const defaultLimits: GatewayLimits = {
  bodyBytes: () => 64 * 1024 * 1024,
  headersTimeoutMs: 30_000,
  idleTimeoutMs: 300_000,
};

/** The way in to every module and to the host's API. Decides from memory; resolves once the host socket listens. */
export async function createGateway(deps: GatewayDeps): Promise<Gateway> {
  const limits = { ...defaultLimits, ...deps.limits };
  const tokens = createIdentityTokens(deps.secret);
  const { traffic } = deps;
  const serveFrame = createFrameServer(deps);
  const streams = createLiveStreams(deps.directory, deps.flags);
  const proxyDeps = {
    log: deps.log,
    publicUrl: deps.publicUrl,
    health: deps.health,
    tokens,
    limits,
    streams,
  };

  const connect = (module: string) => () => {
    // A version serves when its health gate has passed, not when its socket is there.
    const socketPath = deps.registry.served(module) && deps.runtime.socket(module);
    if (socketPath === null) throw moduleStopped(module);
    return traffic.connect(module, socketPath);
  };

  const serveApi = async (req: IncomingMessage, res: ServerResponse, target: ApiTarget | "unsafe") => {
    if (target === "unsafe")
      throw new GraftError("INVALID_INPUT", "The path must not hold . or .. segments or backslashes.");
    if (target.module === "graft") {
      if (target.version !== "v1")
        throw new GraftError("NOT_FOUND", `Graft's own API has no ${target.version}; use v1.`);
      deps.hostApi(req, res, await identifyCaller(deps, req));
      return;
    }
    let route = requireRoute(deps.registry, target);
    const caller = await identifyCaller(deps, req);
    authorise(deps, caller, route);
    const held = traffic.waitFor(target.module, req.method);
    if (held !== null) {
      await held;
      route = requireRoute(deps.registry, target);
    }
    proxyRequest(proxyDeps, {
      req,
      res,
      target,
      route,
      identity: caller.identity,
      connect: connect(target.module),
    });
  };

  const serveOfrep = async (req: IncomingMessage, res: ServerResponse, ofrep: HostApi) =>
    ofrep(req, res, await identifyCaller(deps, req));

  const hostSocket = await openHostSocket({ ...deps, tokens, connect, proxyDeps });

  return {
    handle(req, res) {
      const url = req.url ?? "/";
      const api = parseApiTarget(url);
      if (api !== null) {
        serveApi(req, res, api).catch((error: unknown) => sendProblem(res, error, deps.log));
        return true;
      }
      if (url.startsWith("/frames/")) {
        serveFrame(req, res).catch((error: unknown) => sendProblem(res, error, deps.log));
        return true;
      }
      if (url.startsWith("/ofrep/") && deps.ofrep !== undefined) {
        serveOfrep(req, res, deps.ofrep).catch((error: unknown) => sendProblem(res, error, deps.log));
        return true;
      }
      return serveProbe(req, res, deps);
    },
    handleUpgrade: refuseUpgrade,
    async close() {
      streams.close();
      await hostSocket.close();
      await traffic.close();
    },
  };
}

/** @throws UNAUTHENTICATED for nobody, FORBIDDEN for somebody who was not given the module */
function authorise(
  deps: GatewayDeps,
  caller: Caller | null,
  route: InstalledModule,
): asserts caller is Caller {
  if (caller === null) {
    throw new GraftError("UNAUTHENTICATED", `Sign in or send a token to use ${route.name}.`, {
      hint: "`Authorization: Bearer graft_…` with a token from your account.",
    });
  }
  if (caller.identity === hostIdentity) return;
  const decision = deps.flags.decide(caller.identity, `${route.name}/*`);
  if (!decision.allowed) {
    throw new GraftError("FORBIDDEN", `${route.title} is not open to ${caller.identity.name}.`, {
      hint: "An administrator gives it to people and groups under Access.",
      details: { module: route.name, reason: decision.reason },
    });
  }
}
