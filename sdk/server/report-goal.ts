import { callModule } from "./call-module.ts";
import { log } from "./log.ts";
import type { Identity } from "./types.ts";

export interface GoalReport {
  /** What is added up, for a goal of the kind `value`. */
  value?: number;
  /** Reports with the same key count once: the id of the order, of the post. */
  key?: string;
}

/**
 * What experiments are judged by: `goals.report(identity, "acknowledged")`, with a goal declared under `goals` in
 * module.json. A host that cannot be reached or refuses is written to the log and does not fail the request that is
 * being served. At most 120 reports a minute and user.
 */
export const goals = {
  /** @param user the identity of the request being served, or a user's id where there is none */
  async report(user: Identity | string, goal: string, report: GoalReport = {}): Promise<void> {
    const named = typeof user === "string" ? { user } : {};
    const options = typeof user === "string" ? {} : { onBehalfOf: user };
    try {
      const response = await callModule("graft", "/v1/goals", {
        body: { goal, ...report, ...named },
        ...options,
      });
      if (response.ok) await response.body?.cancel();
      else
        log.warn("Graft refused the report of a goal", {
          goal,
          status: response.status,
          problem: await response.text(),
        });
    } catch (error) {
      log.warn("a goal could not be reported", { goal, error: String(error) });
    }
  },
};
