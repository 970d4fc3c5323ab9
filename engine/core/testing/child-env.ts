import { join } from "node:path";

const compileCache = join(import.meta.dirname, "../../../node_modules/.cache/graft-tests");

/**
 * The environment of a host that a test starts in a process of its own: nothing of the test's but the path. Types are
 * stripped and code is compiled once for all of them, which is half of what such a start costs.
 */
export function childEnv(env: Record<string, string | undefined> = {}): NodeJS.ProcessEnv {
  const given = { PATH: process.env.PATH, NODE_COMPILE_CACHE: compileCache, ...env };
  // Next's types want a NODE_ENV in every environment; a host has none unless somebody gives it one.
  return given as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv;
}
