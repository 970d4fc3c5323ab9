import { z } from "zod";
import { accessRules, accessSettingInput } from "./access.ts";
import { ruleOutcome } from "./flags.ts";
import { accessTarget, groupKey } from "./limits.ts";
import { limit } from "./page.ts";

export const decisionReason = z.enum([
  "NOT_INSTALLED",
  "USER_DISABLED",
  "EVERYONE",
  "NOBODY",
  "IN_GROUP",
  "NOT_IN_GROUP",
  "BY_RULE",
  "NOT_BY_RULE",
  "THROUGH_WIDGET",
  "ADMINISTRATOR",
  "NO_RULE",
]);
export type DecisionReason = z.infer<typeof decisionReason>;

/** Whether one user gets a module or widget. */
export const decision = z.object({
  allowed: z.boolean(),
  reason: decisionReason,
  /** The rule that decided: its target, and the group for IN_GROUP. */
  rule: z.string().nullable(),
  group: z.string().nullable(),
});
export type Decision = z.infer<typeof decision>;

/** What one user has of a target, why, and what would change it. */
export const accessExplanation = z.object({
  decision,
  text: z.string(),
  /** The rules that were looked at, when rules decided; else empty. */
  rules: z.array(ruleOutcome),
  changes: z.array(z.string()),
});
export type AccessExplanation = z.infer<typeof accessExplanation>;
/** The same as the API answers it, the decision's fields beside the words. */
export const accessExplanationView = decision.extend(accessExplanation.omit({ decision: true }).shape);
export type AccessExplanationView = z.infer<typeof accessExplanationView>;

export const holder = z.object({
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  /** Why, in words. */
  text: z.string(),
});
export type Holder = z.infer<typeof holder>;

/** Who was given something; `count` is of those found, `users` of all users. */
export const holdersView = z.object({ count: z.int(), users: z.int(), items: z.array(holder) });
export type HoldersView = z.infer<typeof holdersView>;

/** Null: a widget as its module. */
export const setAccessInput = z.strictObject({
  target: accessTarget,
  setting: accessSettingInput.nullable(),
});
export const previewRulesInput = z.strictObject({ target: accessTarget, setting: accessRules });
export const explainAccessInput = z.strictObject({ target: accessTarget, userId: z.uuid() });
/** Gives a target to one more group, or takes it from it. */
export const groupAccessInput = z.strictObject({ key: groupKey, target: accessTarget, on: z.boolean() });
export const holdersQuery = z.object({ limit, search: z.string().max(100).optional() });
