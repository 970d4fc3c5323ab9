import {
  changeRollouts,
  describeWeights,
  type RolloutAction,
  readRollouts,
} from "../../../sdk/flags/index.ts";
import { GraftError, type Json } from "../../core/index.ts";

/** The targeting after the action, and what was done in words. @throws CONFLICT when there is nothing to do */
export function changeRollout(
  name: string,
  targeting: Record<string, Json> | undefined,
  action: RolloutAction,
): { targeting: Record<string, Json>; summary: string } {
  const nowSeconds = Math.floor(Date.now() / 1000);
  const after = changeRollouts(targeting, action, nowSeconds);
  const rollouts = readRollouts(targeting, nowSeconds);
  if (after !== null) {
    const shares = rollouts.map(({ now, coming }) => (action === "advance" ? coming[0]?.weights : now));
    const at = shares
      .map((weights) => (weights ? describeWeights(weights) : "before the first step"))
      .join("; ");
    return { targeting: after as Record<string, Json>, summary: `${verbs[action]} ${name}: ${at}` };
  }
  if (rollouts.length === 0)
    throw new GraftError("CONFLICT", `${name} has no roll-out with a step to come.`, {
      hint: "Give it steps in its rules first.",
    });
  const state = action === "hold" ? "is on hold already" : "is not on hold";
  throw new GraftError("CONFLICT", `The roll-out of ${name} ${state}.`, { hint: "Nothing was changed." });
}

const verbs: Record<RolloutAction, string> = {
  hold: "Held the roll-out of",
  continue: "Continued the roll-out of",
  advance: "Began the next step of",
};
