import { pageOf } from "../../../../contract/page.ts";
import {
  firstAdministratorInput,
  groupDetailView,
  groupPatchInput,
  groupView,
  invitedUserView,
  invitePasswordInput,
  inviteView,
  issuedTokenView,
  newGroupInput,
  newTokenInput,
  newUserInput,
  passwordLinkView,
  tokenQuery,
  tokenView,
  userPatchInput,
  userQuery,
  userView,
} from "../../../../contract/people.ts";
import { GraftError } from "../../../core/index.ts";
import { definePublicRoute, defineRoute, listOf, reply } from "../define-route.ts";
import type { Call } from "../types.ts";

const administrator = { role: "administrator" } as const;

export const userRoutes = [
  defineRoute("GET", "/users", {
    ...administrator,
    summary: "People, by name or e-mail",
    query: userQuery,
    answer: pageOf(userView),
    handle: ({ engine, query }) => engine.access.users.list(query),
  }),
  defineRoute("POST", "/users", {
    ...administrator,
    summary: "Invite somebody; the link sets their password and is shown once",
    body: newUserInput,
    status: 201,
    answer: invitedUserView,
    async handle({ engine, actor, body, baseUrl }) {
      const { user, secret, expiresAt } = await engine.access.users.invite(actor, body);
      return reply(201, { user, ...link(baseUrl, secret, expiresAt) });
    },
  }),
  defineRoute("GET", "/users/{id}", {
    ...administrator,
    summary: "One person",
    answer: userView,
    handle: ({ engine, params }) => engine.access.users.get(params.id),
  }),
  defineRoute("PATCH", "/users/{id}", {
    ...administrator,
    summary: "Change name, role, groups, language or time zone",
    body: userPatchInput,
    answer: userView,
    handle: ({ engine, actor, params, body }) => engine.access.users.update(actor, params.id, body),
  }),
  defineRoute("DELETE", "/users/{id}", {
    ...administrator,
    summary: "Remove a person with their tokens and sessions",
    status: 204,
    handle: ({ engine, actor, params }) => engine.access.users.delete(actor, params.id),
  }),
  defineRoute("POST", "/users/{id}/disable", {
    ...administrator,
    summary: "End every session and token of theirs at once",
    answer: userView,
    handle: ({ engine, actor, params }) => engine.access.users.disable(actor, params.id),
  }),
  defineRoute("POST", "/users/{id}/enable", {
    ...administrator,
    summary: "Let them sign in again",
    answer: userView,
    handle: ({ engine, actor, params }) => engine.access.users.enable(actor, params.id),
  }),
  defineRoute("POST", "/users/{id}/password-link", {
    ...administrator,
    summary: "A fresh link that sets their password, shown once",
    status: 201,
    answer: passwordLinkView,
    async handle({ engine, actor, params, baseUrl }) {
      const { secret, expiresAt } = await engine.access.users.createPasswordLink(actor, params.id);
      return reply(201, link(baseUrl, secret, expiresAt));
    },
  }),
  defineRoute("POST", "/setup", {
    ...administrator,
    summary: "Make the first administrator, with the host's own token; refused once there is a user",
    body: firstAdministratorInput,
    status: 201,
    answer: userView,
    async handle({ engine, actor: { ip }, body }) {
      const input = { ...body, ...(ip === undefined ? {} : { ip }) };
      return reply(201, await engine.access.setup.createFirstAdministrator(input));
    },
  }),
  definePublicRoute("GET", "/invites/{secret}", {
    summary: "Whom a link is for",
    answer: inviteView,
    handle: ({ engine, params }) => engine.access.invites.peek(params.secret),
  }),
  definePublicRoute("POST", "/invites/{secret}", {
    summary: "Set the password and use the link up",
    body: invitePasswordInput,
    answer: userView,
    handle: ({ engine, params, body, ip }) =>
      engine.access.invites.accept({ secret: params.secret, ...body, ...(ip === undefined ? {} : { ip }) }),
  }),
];

export const groupRoutes = [
  defineRoute("GET", "/groups", {
    role: "operator",
    summary: "Groups with the number of their members",
    answer: pageOf(groupView),
    handle: async ({ engine }) => listOf(await engine.access.groups.list()),
  }),
  defineRoute("POST", "/groups", {
    ...administrator,
    summary: "A new group; its key follows from the name unless given",
    body: newGroupInput,
    status: 201,
    answer: groupView,
    handle: ({ engine, actor, body }) => engine.access.groups.create(actor, body),
  }),
  defineRoute("GET", "/groups/{key}", {
    ...administrator,
    summary: "One group and who is in it",
    answer: groupDetailView,
    async handle({ engine, params }) {
      const group = (await engine.access.groups.list()).find(({ key }) => key === params.key);
      if (group === undefined) throw new GraftError("NOT_FOUND", `There is no group ${params.key}.`);
      return { ...group, users: await engine.access.groups.members(params.key) };
    },
  }),
  defineRoute("PATCH", "/groups/{key}", {
    ...administrator,
    summary: "Change name, description or the whole list of members",
    body: groupPatchInput,
    answer: groupView,
    handle: ({ engine, actor, params, body }) => engine.access.groups.update(actor, params.key, body),
  }),
  defineRoute("DELETE", "/groups/{key}", {
    ...administrator,
    summary: "Remove the group; its members stay",
    status: 204,
    handle: ({ engine, actor, params }) => engine.access.groups.delete(actor, params.key),
  }),
  defineRoute("PUT", "/groups/{key}/members/{user}", {
    ...administrator,
    summary: "Put one person into the group; the others stay",
    answer: userView,
    handle: ({ engine, actor, params }) => engine.access.groups.addMember(actor, params.key, params.user),
  }),
  defineRoute("DELETE", "/groups/{key}/members/{user}", {
    ...administrator,
    summary: "Take one person out of the group",
    answer: userView,
    handle: ({ engine, actor, params }) => engine.access.groups.removeMember(actor, params.key, params.user),
  }),
];

export const tokenRoutes = [
  defineRoute("GET", "/tokens", {
    role: "member",
    summary: "Your tokens; for administrators those of `userId`, or all of them",
    query: tokenQuery,
    answer: pageOf(tokenView),
    async handle({ engine, actor, query }) {
      // The host's own token belongs to no user, so it looks at all of them.
      const all = query.all === "true" || actor.userId === null;
      const userId = query.userId ?? (all ? undefined : (actor.userId ?? undefined));
      if (userId !== actor.userId) requireAdministrator(actor);
      return listOf(await engine.access.tokens.list(userId));
    },
  }),
  defineRoute("POST", "/tokens", {
    role: "member",
    summary: "A new token; `secret` is shown once",
    body: newTokenInput,
    status: 201,
    answer: issuedTokenView,
    handle({ engine, actor, body }) {
      const userId = body.userId ?? actor.userId;
      if (userId === null) {
        throw new GraftError(
          "INVALID_INPUT",
          "userId: is missing; the host's own token belongs to no user.",
          {
            details: { fieldErrors: { userId: ["is missing"] } },
          },
        );
      }
      if (userId !== actor.userId) requireAdministrator(actor);
      return engine.access.tokens.create(actor, { ...body, userId });
    },
  }),
  defineRoute("DELETE", "/tokens/{id}", {
    role: "member",
    summary: "Revoke a token at once; your own, or for administrators any",
    status: 204,
    async handle({ engine, actor, params }) {
      if (actor.role !== "administrator") {
        const own = await engine.access.tokens.list(actor.userId ?? undefined);
        // Somebody else's looks like none at all.
        if (!own.some(({ id }) => id === params.id))
          throw new GraftError("NOT_FOUND", "This token does not exist.");
      }
      await engine.access.tokens.revoke(actor, params.id);
    },
  }),
];

function requireAdministrator(actor: Call["actor"]): void {
  if (actor.role === "administrator") return;
  throw new GraftError("FORBIDDEN", "Only an administrator may see or make tokens of others.");
}

function link(baseUrl: string, secret: string, expiresAt: string) {
  return { secret, url: `${baseUrl}/invite/${secret}`, expiresAt };
}
