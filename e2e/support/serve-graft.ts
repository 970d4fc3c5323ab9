import { test } from "@playwright/test";
import { type Api, createApi } from "./api.ts";
import { administrator, administratorEnv } from "./people.ts";
import { endGraft, type RunningGraft, type StartOptions, startGraft } from "./start-graft.ts";

export interface Hosting {
  readonly graft: RunningGraft;
  /** The HTTP API with the host's own token. */
  readonly api: Api;
}

/**
 * One server for all tests of a file, with an administrator; `prepare` runs once before the first test. The tests of
 * a file are one journey, unless it says otherwise: after a failure the rest is skipped.
 */
export function serveGraft(
  options: {
    journey?: boolean;
    env?: Record<string, string>;
    start?: () => StartOptions;
    prepare?: (hosting: Hosting) => Promise<void>;
  } = {},
): Hosting {
  let graft: RunningGraft | undefined;
  let api: Api | undefined;
  const hosting: Hosting = {
    get graft() {
      if (graft === undefined) throw new Error("The server has not been started yet.");
      return graft;
    },
    get api() {
      if (api === undefined) throw new Error("The server has not been started yet.");
      return api;
    },
  };
  if (options.journey !== false) test.describe.configure({ mode: "serial" });
  test.beforeAll(async () => {
    const given = options.start?.() ?? {};
    graft = await startGraft({ ...given, env: { ...administratorEnv, ...options.env, ...given.env } });
    api = createApi(graft, graft.hostToken);
    const [first] = (await api.call("GET", "/users")).body.items;
    await api.call("PATCH", `/users/${first.id}`, { name: administrator.name });
    await options.prepare?.(hosting);
  });
  test.afterAll(async () => {
    if (graft !== undefined) await endGraft(graft);
  });
  return hosting;
}
