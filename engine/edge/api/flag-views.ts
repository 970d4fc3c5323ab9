import { z } from "zod";
import { accessSetting } from "../../../contract/access.ts";
import { flagDefinition, json } from "../../../sdk/flags/definition.ts";
import type {
  ArchiveProposal,
  FlagChange,
  FlagExplanation,
  FlagPreview,
  FlagUsage,
  FlagView,
} from "../../decisions/index.ts";

const time = z.string().meta({ format: "date-time" });

export const flag = z.object({
  key: z.string(),
  type: z.enum(["boolean", "string", "number", "object"]),
  description: z.string(),
  definition: flagDefinition,
  module: z.string().nullable(),
  changed: z.boolean(),
  archived: z.boolean(),
  orphanOf: z.string().nullable(),
  requires: z.array(z.string()),
  requiredBy: z.array(z.string()),
  updatedAt: time.nullable(),
  updatedBy: z.string().nullable(),
}) satisfies z.ZodType<FlagView>;
const variant = z.string().nullable();
export const flagPreview = z.object({
  users: z.int(),
  changed: z.object({
    count: z.int(),
    users: z.array(
      z.object({ userId: z.string(), name: z.string(), email: z.string(), before: variant, after: variant }),
    ),
  }),
  gain: z.int(),
  lose: z.int(),
  variants: z.array(z.object({ variant, before: z.int(), after: z.int() })),
}) satisfies z.ZodType<FlagPreview>;
export const flagExplanation = z.object({
  evaluation: z.object({
    key: z.string(),
    value: json.optional(),
    variant: z.string().optional(),
    reason: z.enum(["STATIC", "DEFAULT", "TARGETING_MATCH", "DISABLED", "ERROR"]),
    errorCode: z.enum(["PARSE_ERROR", "GENERAL"]).optional(),
    errorDetails: z.string().optional(),
  }),
  text: z.string(),
  rules: z.array(
    z.object({
      number: z.int(),
      conditions: z.array(z.object({ text: z.string(), met: z.boolean() })),
      matched: z.boolean(),
      variant,
    }),
  ),
  changes: z.array(z.string()),
}) satisfies z.ZodType<FlagExplanation>;
export const flagUsage = z.object({
  asked: z.int(),
  sent: z.int(),
  lastAt: time.nullable(),
}) satisfies z.ZodType<FlagUsage>;
export const archiveProposal = z.object({
  key: z.string(),
  reasons: z.array(z.enum(["unused", "same", "orphan"])),
  evidence: z.array(z.string()),
}) satisfies z.ZodType<ArchiveProposal>;
export const accessHolders = z.object({
  count: z.int(),
  users: z.int(),
  items: z.array(z.object({ userId: z.string(), name: z.string(), email: z.string(), text: z.string() })),
});
const flagInput = z
  .object({
    definition: flagDefinition,
    description: z.string().optional(),
    archived: z.boolean().optional(),
  })
  .nullable();
const changed = z.union([flagInput, accessSetting]);
export const flagChange = z.object({
  id: z.string(),
  key: z.string(),
  kind: z.enum(["flag", "access"]),
  at: time,
  actorName: z.string(),
  summary: z.string(),
  before: changed,
  after: changed,
  generation: z.int().nullable(),
}) satisfies z.ZodType<FlagChange>;
