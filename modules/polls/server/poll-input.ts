import * as z from "zod/mini";

const question = z.string().check(z.trim(), z.minLength(1, "ask something"), z.maxLength(300));
const label = z.string().check(z.trim(), z.minLength(1, "an option needs a text"), z.maxLength(120));
const closesAt = z.nullable(
  z.pipe(
    z.iso.datetime({ offset: true }),
    z.transform((text: string) => new Date(text)),
  ),
);

export const newPoll = z.strictObject({
  question,
  options: z.array(label).check(
    z.minLength(2, "give at least two options"),
    z.maxLength(20, "give at most 20 options"),
    z.refine((labels) => new Set(labels).size === labels.length, "two options are the same"),
  ),
  multiple: z._default(z.boolean(), false),
  anonymous: z._default(z.boolean(), false),
  closesAt: z._default(closesAt, null),
});
export type NewPoll = z.infer<typeof newPoll>;

export const pollPatch = z.strictObject({
  question: z.optional(question),
  closesAt: z.optional(closesAt),
});
export type PollPatch = z.infer<typeof pollPatch>;

export const ballot = z.strictObject({
  options: z.array(z.guid()).check(z.minLength(1, "choose an option"), z.maxLength(20)),
});
