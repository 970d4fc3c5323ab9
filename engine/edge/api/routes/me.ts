import { meView, viewerEvents } from "../../../../contract/me.ts";
import { changePasswordInput, profilePatchInput, userView } from "../../../../contract/people.ts";
import type { Identity } from "../../../people/index.ts";
import { callingUser } from "../calling-user.ts";
import { defineRoute, eventStream } from "../define-route.ts";
import type { ApiEngine } from "../types.ts";
import { watchViewer } from "../watch-viewer.ts";

export const meRoutes = [
  defineRoute("GET", "/me", {
    summary: "Who you are and what you may open",
    role: "member",
    answer: meView,
    handle: ({ engine, identity, actor }) => ({
      user: {
        id: identity.userId,
        name: identity.name,
        email: identity.email,
        groups: identity.groups,
        locale: identity.locale,
        timeZone: identity.timeZone,
      },
      role: identity.role,
      via: actor.via,
      ...allowedParts(engine, identity, actor.userId === null),
    }),
  }),
  defineRoute("PATCH", "/me", {
    summary: "Change your name, language or time zone",
    role: "member",
    body: profilePatchInput,
    answer: userView,
    handle: ({ engine, body, ...call }) =>
      engine.access.users.update(call.actor, callingUser(call, "profile").userId, body),
  }),
  defineRoute("PUT", "/me/password", {
    summary: "Change your password; ends every session, token and password link",
    role: "member",
    body: changePasswordInput,
    status: 204,
    handle: ({ engine, body, ...call }) =>
      engine.access.account.changePassword(call.actor, callingUser(call, "password").userId, body),
  }),
  defineRoute("DELETE", "/me/sessions", {
    summary: "Sign yourself out everywhere; ends tokens and password links too",
    role: "member",
    status: 204,
    handle: ({ engine, ...call }) =>
      engine.access.account.endSessions(call.actor, callingUser(call, "sessions").userId),
  }),
  defineRoute("GET", "/me/events", {
    summary:
      "`access`, `registry`, `notifications` and, for operators, `health` whenever one of them changes for you",
    role: "member",
    events: viewerEvents,
    handle: ({ engine, identity, actor, signal }) =>
      eventStream(watchViewer(engine, { identity, isHost: actor.userId === null }, signal)),
  }),
];

/** Pages and widgets that this person was given. */
function allowedParts(engine: ApiEngine, identity: Identity, isHost: boolean) {
  const allows = (target: string) => {
    if (isHost) return true;
    const { allowed, reason } = engine.flags.decide(identity, target);
    // Administrators reach everything; listed is what they were given.
    return allowed && reason !== "ADMINISTRATOR";
  };
  const modules = engine.registry.list();
  return {
    pages: modules
      .filter(({ name, manifest }) => manifest.pages.length > 0 && allows(name))
      .flatMap(({ name, manifest }) =>
        manifest.pages.map((page) => ({
          module: name,
          title: page.title,
          path: page.path,
          href: `/m/${name}${page.path === "/" ? "" : page.path}`,
        })),
      ),
    widgets: modules.flatMap(({ name, digest, manifest }) =>
      manifest.widgets
        .filter((widget) => allows(`${name}/${widget.id}`))
        .map((widget) => ({
          ...widget,
          module: name,
          entry: widget.entry === undefined ? null : `/frames/${digest.slice(7)}/${widget.entry}`,
        })),
    ),
  };
}
