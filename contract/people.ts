import { z } from "zod";
import { groupKey, time } from "./limits.ts";
import { pageQuery } from "./page.ts";
import { role } from "./role.ts";

export const userView = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role,
  /** invited: no password yet. */
  status: z.enum(["active", "invited", "disabled", "locked"]),
  groups: z.array(z.string()),
  lastSignInAt: time.nullable(),
  createdAt: time,
});
export type UserView = z.infer<typeof userView>;

export const groupView = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  description: z.string(),
  members: z.int(),
});
export type GroupView = z.infer<typeof groupView>;

/** A group among others to choose from. */
export type GroupChoice = Pick<GroupView, "key" | "name">;
/** The same where it matters how many are in it. */
export type GroupWithSize = Pick<GroupView, "key" | "name" | "members">;

/** A group and who is in it. */
export const groupDetailView = groupView.extend({ users: z.array(userView) });
export type GroupDetailView = z.infer<typeof groupDetailView>;

export const tokenView = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  userId: z.string(),
  createdAt: time,
  expiresAt: time.nullable(),
  lastUsedAt: time.nullable(),
  revokedAt: time.nullable(),
});
export type TokenView = z.infer<typeof tokenView>;

/** `secret` is shown in this answer and never again. */
export const issuedTokenView = z.object({ token: tokenView, secret: z.string() });
export type IssuedTokenView = z.infer<typeof issuedTokenView>;

/** A secret that is shown in this answer and never again, and the page it opens. */
export const passwordLinkView = z.object({ secret: z.string(), url: z.string(), expiresAt: time });
export type PasswordLinkView = z.infer<typeof passwordLinkView>;

export const invitedUserView = passwordLinkView.extend({ user: userView });
export type InvitedUserView = z.infer<typeof invitedUserView>;

/** Whom a link is for. */
export const inviteView = z.object({ email: z.string(), name: z.string(), expiresAt: time });
export type InviteView = z.infer<typeof inviteView>;

const name = z.string().trim().min(1, "enter a name").max(100, "at most 100 characters");
const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "at most 254 characters")
  .pipe(z.email("enter an e-mail address, such as ada@example.org"));
const description = z.string().trim().max(300, "at most 300 characters");
const groups = z.array(groupKey).max(200);
const locale = z.string().max(40).refine(isLocale, "must be a language tag such as en-GB").nullable();
const timeZone = z
  .string()
  .max(60)
  .refine(isTimeZone, "must be a time zone such as Europe/Vienna")
  .nullable();

// Longer input costs time to judge and to hash, and protects nobody better.
export const passwordLengthMin = 10;
export const passwordLengthMax = 256;
const password = z
  .string()
  .min(passwordLengthMin, `at least ${passwordLengthMin} characters`)
  .max(passwordLengthMax, `at most ${passwordLengthMax} characters`);

export const userId = z.uuid();
export const userInput = z.strictObject({ id: userId });

export const newUserInput = z.strictObject({
  name,
  email,
  role: role.default("member"),
  groups: groups.default([]),
});
export type NewUserInput = z.infer<typeof newUserInput>;

export const userPatchInput = z.strictObject({ name, role, groups, locale, timeZone }).partial();
export type UserPatchInput = z.infer<typeof userPatchInput>;

/** As the dialog of a user sends it, which knows all of these. */
export const userChangeInput = userInput.extend({ name, role, groups });
export type UserChangeInput = z.infer<typeof userChangeInput>;

/** What people change of themselves. */
export const profileInput = z.strictObject({ name, locale, timeZone });
export type ProfileInput = z.infer<typeof profileInput>;
export const profilePatchInput = profileInput.partial();

/** The address typed once more: whoever skips the dialog has to know it too. */
export const deleteUserInput = userInput.extend({ email: z.string().max(254) });

export const newGroupKey = groupKey.regex(
  /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
  "use lower-case letters, digits and single dashes",
);
/** The key follows from the name unless given. */
export const newGroupInput = z.strictObject({
  key: newGroupKey.optional(),
  name,
  description: description.default(""),
});
export type NewGroupInput = z.input<typeof newGroupInput>;

/** `members`: all of them. */
export const groupPatchInput = z.strictObject({ name, description, members: z.array(userId) }).partial();
export type GroupPatchInput = z.infer<typeof groupPatchInput>;

export const groupChangeInput = z.strictObject({ key: groupKey, name, description });
export const membershipInput = z.strictObject({ key: groupKey, userId });
/** The key typed once more. */
export const deleteGroupInput = z.strictObject({ key: groupKey, typed: z.string().max(100) });

export const newTokenInput = z.strictObject({
  name,
  /** Administrators may make one for somebody else. */
  userId: userId.optional(),
  expiresAt: z.iso.datetime({ offset: true }).nullable().optional(),
});
export type NewTokenInput = z.infer<typeof newTokenInput>;

/** As the browser asks for one: null for a token without end. */
export const ownTokenInput = z.strictObject({ name, days: z.literal([30, 90, 365]).nullable() });
export type OwnTokenInput = z.infer<typeof ownTokenInput>;
export const tokenInput = z.strictObject({ id: z.uuid() });

export const firstAdministratorInput = z.strictObject({ name, email, password });
export type FirstAdministratorInput = z.infer<typeof firstAdministratorInput>;

export const invitePasswordInput = z.strictObject({ password, name: name.optional() });
/** As the page of a link sends it, which shows the name too. */
export const acceptInviteInput = z.strictObject({ secret: z.string().min(1).max(200), name, password });

export const changePasswordInput = z.strictObject({
  current: z.string().min(1, "enter your current password").max(passwordLengthMax),
  password,
});

/** `query`: part of a name or address. */
export const userQuery = pageQuery.extend({
  query: z.string().max(200).optional(),
  group: z.string().max(40).optional(),
});
export type UserQuery = z.infer<typeof userQuery>;

export const tokenQuery = z.object({ userId: userId.optional(), all: z.enum(["true", "false"]).optional() });

function isLocale(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
