import * as z from "zod/mini";

const date = z.nullable(
  z.pipe(
    z.iso.datetime({ offset: true }),
    z.transform((text: string) => new Date(text)),
  ),
);

const fields = {
  title: z.string().check(z.trim(), z.minLength(1, "give it a title"), z.maxLength(200)),
  body: z.string().check(z.maxLength(50_000)),
  pinned: z.boolean(),
  groups: z
    .array(z.string().check(z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "use group keys such as staff")))
    .check(z.maxLength(50)),
  visibleFrom: date,
  visibleUntil: date,
  /** False keeps or makes it a draft. */
  published: z.boolean(),
};

export const newPost = z.strictObject({
  title: fields.title,
  body: z._default(fields.body, ""),
  pinned: z._default(fields.pinned, false),
  groups: z._default(fields.groups, []),
  visibleFrom: z._default(fields.visibleFrom, null),
  visibleUntil: z._default(fields.visibleUntil, null),
  published: z._default(fields.published, true),
});
export type NewPost = z.infer<typeof newPost>;

export const postPatch = z.strictObject({
  /** The version the edit started from. */
  version: z.int(),
  title: z.optional(fields.title),
  body: z.optional(fields.body),
  pinned: z.optional(fields.pinned),
  groups: z.optional(fields.groups),
  visibleFrom: z.optional(fields.visibleFrom),
  visibleUntil: z.optional(fields.visibleUntil),
  published: z.optional(fields.published),
});
export type PostPatch = z.infer<typeof postPatch>;
