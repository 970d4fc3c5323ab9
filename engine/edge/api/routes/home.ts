import { homeLayout, saveHomeInput } from "../../../../contract/home.ts";
import { GraftError } from "../../../core/index.ts";
import { callingUser } from "../calling-user.ts";
import { defineRoute } from "../define-route.ts";

const own = { role: "member" } as const;
const administrator = { role: "administrator" } as const;
const everyone = "everyone" as const;

export const homeRoutes = [
  defineRoute("GET", "/me/home", {
    ...own,
    summary: "The widgets on your home and their places, in the order of a phone",
    answer: homeLayout,
    handle: ({ engine, ...call }) => engine.home.layoutFor(callingUser(call, "home")),
  }),
  defineRoute("PUT", "/me/home", {
    ...own,
    summary: "Arrange your home; what an administrator locked stays where it is",
    body: saveHomeInput,
    answer: homeLayout,
    handle: ({ engine, body, ...call }) => engine.home.save(callingUser(call, "home"), body.items),
  }),
  defineRoute("DELETE", "/me/home", {
    ...own,
    summary: "Back to what your group begins with, or to everything you have",
    answer: homeLayout,
    handle: ({ engine, ...call }) => engine.home.reset(callingUser(call, "home")),
  }),
  defineRoute("GET", "/home", {
    ...administrator,
    summary: "What everybody begins with whose groups have no home of their own",
    answer: homeLayout,
    handle: ({ engine }) => engine.home.layoutForNew(everyone),
  }),
  defineRoute("PUT", "/home", {
    ...administrator,
    summary: "Arrange what everybody begins with; `locked` parts they can neither move nor remove",
    body: saveHomeInput,
    answer: homeLayout,
    async handle({ engine, actor, body }) {
      await engine.home.setDefault(actor, everyone, body.items);
      return engine.home.layoutForNew(everyone);
    },
  }),
  defineRoute("DELETE", "/home", {
    ...administrator,
    summary: "Everybody begins with every widget they have again",
    status: 204,
    handle: ({ engine, actor }) => engine.home.clearDefault(actor, everyone),
  }),
  defineRoute("GET", "/users/{id}/home", {
    ...administrator,
    summary: "The home of one user, as it looks to them",
    answer: homeLayout,
    handle({ engine, params }) {
      const identity = engine.access.directory.identity(params.id);
      if (identity === null) throw new GraftError("NOT_FOUND", "This user does not exist.");
      return engine.home.layoutFor(identity);
    },
  }),
  defineRoute("GET", "/groups/{key}/home", {
    ...administrator,
    summary: "What its members begin with; `source` is `group` when an administrator arranged it",
    answer: homeLayout,
    handle: ({ engine, params }) => engine.home.layoutForNew({ group: params.key }),
  }),
  defineRoute("PUT", "/groups/{key}/home", {
    ...administrator,
    summary: "Arrange what its members begin with; `locked` parts they can neither move nor remove",
    body: saveHomeInput,
    answer: homeLayout,
    async handle({ engine, actor, params, body }) {
      await engine.home.setDefault(actor, { group: params.key }, body.items);
      return engine.home.layoutForNew({ group: params.key });
    },
  }),
  defineRoute("DELETE", "/groups/{key}/home", {
    ...administrator,
    summary: "Its members begin with every widget they have again",
    status: 204,
    handle: ({ engine, actor, params }) => engine.home.clearDefault(actor, { group: params.key }),
  }),
];
