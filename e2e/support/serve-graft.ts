import { test } from "@playwright/test";
import { type Api, createApi } from "./api.ts";
import { reuseServer } from "./reuse-server.ts";
import { copyTemplate, endGraft, type RunningGraft, startGraft } from "./start-graft.ts";

export interface Hosting {
  readonly graft: RunningGraft;
  /** The HTTP API with the host's own token. */
  readonly api: Api;
}

/**
 * One host for all tests of a file, with an administrator; `prepare` runs once before the first test. The tests of
 * a file are one journey, unless it says otherwise: after a failure the rest is skipped.
 */
export function serveGraft(
  options: {
    journey?: boolean;
    /** A process of its own, as `npm start` runs it, for files that stop or measure it. */
    own?: boolean;
    env?: Record<string, string>;
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
    const { env = {}, own = false } = options;
    graft = await (own ? startGraft({ dataDir: copyTemplate(), env }) : reuseServer({ env }));
    api = createApi(graft, graft.hostToken);
    await options.prepare?.(hosting);
  });
  test.afterAll(async () => {
    if (graft !== undefined) await endGraft(graft);
  });
  return hosting;
}
