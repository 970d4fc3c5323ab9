import { createHash } from "node:crypto";
import { chmod, mkdir, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { dirname } from "node:path";
import type { Pool } from "undici";
import { type Close, GraftError } from "../../core/index.ts";
import type { Identity } from "../../people/index.ts";
import type { InstalledModule } from "../../supply/installed/index.ts";
import { hostIdentity } from "./host-identity.ts";
import { bearerToken } from "./identify-caller.ts";
import type { IdentityTokens } from "./identity-token.ts";
import { moduleToken } from "./module-keys.ts";
import { parseApiTarget } from "./parse-target.ts";
import { type ProxyDeps, proxyRequest } from "./proxy-request.ts";
import { findRoute, requireRoute } from "./require-route.ts";
import { sendProblem } from "./send-problem.ts";
import { moduleFlagsPath, serveModuleFlags } from "./serve-module-flags.ts";
import type { GatewayDeps } from "./types.ts";

export interface HostSocketDeps
  extends Pick<
    GatewayDeps,
    "secret" | "registry" | "traffic" | "directory" | "hostSocket" | "log" | "moduleApi" | "features"
  > {
  tokens: IdentityTokens;
  proxyDeps: ProxyDeps;
  connect: (module: string) => () => Pool;
}

/** Listens where modules call other modules and the host: `/api/v{n}/{module}/…` with `GRAFT_TOKEN`. */
export async function openHostSocket(deps: HostSocketDeps): Promise<{ close: Close }> {
  const path = deps.hostSocket;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await chmod(dirname(path), 0o700);
  await rm(path, { force: true });
  const serving = { ...deps, findCaller: createCallerLookup(deps) };
  const server = createServer({ keepAliveTimeout: 60_000 }, (req, res) => {
    serve(serving, req, res).catch((error: unknown) => sendProblem(res, error, deps.log));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
  return {
    async close() {
      if (!server.listening) return;
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function serve(
  deps: HostSocketDeps & { findCaller: (token: string) => InstalledModule | null },
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const caller = deps.findCaller(bearerToken(req.headers.authorization) ?? "");
  if (caller === null)
    throw new GraftError("UNAUTHENTICATED", "Only a running module may call here, with its GRAFT_TOKEN.");
  const onBehalf = req.headers["graft-on-behalf"];
  if (req.url === moduleFlagsPath && deps.features !== undefined) {
    const identity = onBehalf === undefined ? null : onBehalfOf(deps, caller, onBehalf);
    await serveModuleFlags(deps.features, { req, res, caller, identity });
    return;
  }
  const target = parseApiTarget(req.url ?? "/");
  if (target === null || target === "unsafe") {
    throw new GraftError(
      "NOT_FOUND",
      "Modules reach other modules at /api/v{n}/{module}/… and nothing else.",
    );
  }
  if (target.module === "graft" && target.version === "v1" && deps.moduleApi !== undefined) {
    deps.moduleApi(req, res, { caller, identity: onBehalfOf(deps, caller, onBehalf) });
    return;
  }
  const right = `${target.module}:${target.version}`;
  if (!caller.manifest.permissions.modules.includes(right)) {
    throw new GraftError("FORBIDDEN", `${caller.name} may not call ${right}.`, {
      hint: `Its manifest must list "${right}" under permissions.modules.`,
      details: { caller: caller.name, right },
    });
  }
  const identity = onBehalfOf(deps, caller, onBehalf);
  let route = requireRoute(deps.registry, target);
  const held = deps.traffic.waitFor(target.module, req.method);
  if (held !== null) {
    await held;
    route = requireRoute(deps.registry, target);
  }
  const connect = deps.connect(target.module);
  proxyRequest(deps.proxyDeps, { req, res, target, route, identity, via: caller.name, connect });
}

/** The user whose request the module is serving, as the directory knows them now; the module itself when it names none. */
function onBehalfOf(
  deps: HostSocketDeps,
  caller: InstalledModule,
  token: string | string[] | undefined,
): Identity {
  if (token === undefined) return identityOfModule(caller);
  const userId = typeof token === "string" ? deps.tokens.readOwn(token, caller) : null;
  const identity = userId === null ? null : findIdentity(deps, caller, userId);
  if (identity?.enabled) return identity;
  throw new GraftError(
    "UNAUTHENTICATED",
    "Graft-On-Behalf is not an identity that this module was given in the last minute.",
    {
      hint: "Pass on the Graft-Identity of the request being served, unchanged.",
    },
  );
}

function findIdentity(deps: HostSocketDeps, caller: InstalledModule, userId: string): Identity | null {
  if (userId === hostIdentity.userId) return hostIdentity;
  // A chain of calls that began with a module's own: it stays that module's, with the rights of nobody.
  if (userId.startsWith("module:")) return { ...identityOfModule(caller), userId };
  return deps.directory.identity(userId);
}

const moduleIdentities = new WeakMap<InstalledModule, Identity>();

/** A module that acts for nobody: no role above member, in no group. */
function identityOfModule(route: InstalledModule): Identity {
  let identity = moduleIdentities.get(route);
  if (identity === undefined) {
    identity = { ...hostIdentity, userId: `module:${route.name}`, name: route.title, role: "member" };
    moduleIdentities.set(route, identity);
  }
  return identity;
}

/** Which installed module a GRAFT_TOKEN belongs to; derived anew when the installed digests changed. */
function createCallerLookup(deps: HostSocketDeps): (token: string) => InstalledModule | null {
  let installed: readonly InstalledModule[] = [];
  const known = new Map<string, string>();
  const hash = (token: string) => createHash("sha256").update(token).digest("base64");
  return (token) => {
    const current = deps.registry.list();
    if (current !== installed) {
      known.clear();
      for (const { name, digest } of current) known.set(hash(moduleToken(deps.secret, name, digest)), name);
      installed = current;
    }
    const name = known.get(hash(token));
    return name === undefined ? null : findRoute(deps.registry, name);
  };
}
