/** What the host promised the process, read once. */
export interface Environment {
  module: string;
  version: string;
  listen: { path: string } | { port: number; host: string } | null;
  databaseUrl: string | null;
  hostSocket: string | null;
  token: string | null;
  identityKey: Buffer | null;
  config: Record<string, unknown>;
}

export const environment: Environment = readEnvironment(process.env);

export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  return {
    module: env.GRAFT_MODULE ?? "module",
    version: env.GRAFT_VERSION ?? "0.0.0",
    listen: listenTarget(env),
    databaseUrl: env.DATABASE_URL || null,
    hostSocket: env.GRAFT_HOST_SOCKET || null,
    token: env.GRAFT_TOKEN || null,
    identityKey: env.GRAFT_IDENTITY_KEY ? Buffer.from(env.GRAFT_IDENTITY_KEY, "base64url") : null,
    config: parseConfig(env.GRAFT_CONFIG),
  };
}

function listenTarget(env: NodeJS.ProcessEnv): Environment["listen"] {
  if (env.GRAFT_SOCKET) return { path: env.GRAFT_SOCKET };
  // PORT alone is set in many shells; with GRAFT_MODULE it came from the host.
  if (env.PORT && env.GRAFT_MODULE) return { port: Number(env.PORT), host: "127.0.0.1" };
  return null;
}

function parseConfig(json: string | undefined): Record<string, unknown> {
  if (!json) return {};
  const value: unknown = JSON.parse(json);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error("GRAFT_CONFIG must be a JSON object");
  }
  return value as Record<string, unknown>;
}
