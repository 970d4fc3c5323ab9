import type { z } from "zod";
import { accessSetting, accessSettingInput } from "../../../../contract/access.ts";
import { accessExplanationView, holdersQuery, holdersView } from "../../../../contract/decisions.ts";
import { flagPreview, rolloutInput, rolloutView } from "../../../../contract/flags.ts";
import { widgetAccessView } from "../../../../contract/modules.ts";
import { GraftError } from "../../../core/index.ts";
import { requireInstalled } from "../../../supply/installed/index.ts";
import { defineRoute } from "../define-route.ts";
import { accessOf, widgetAccess } from "../describe-module.ts";
import type { ApiEngine } from "../types.ts";

const administrator = { role: "administrator" } as const;

/** Who gets a module, and one of its widgets: the same calls for both. */
export const accessRoutes = [
  ...routesOf({
    base: "/modules/{module}/access",
    noun: "the module",
    answer: accessSetting,
    find: (engine, { module }) => requireInstalled(engine.registry, module).name,
    read: accessOf,
  }),
  ...routesOf({
    base: "/modules/{module}/widgets/{widget}/access",
    noun: "one widget",
    answer: widgetAccessView,
    find: (engine, { module, widget = "" }) => {
      requireWidget(engine, module, widget);
      return `${module}/${widget}`;
    },
    read: widgetAccess,
  }),
  defineRoute("DELETE", "/modules/{module}/widgets/{widget}/access", {
    ...administrator,
    summary: "Let one widget follow its module again",
    answer: widgetAccessView,
    async handle({ engine, actor, params: { module, widget } }) {
      requireWidget(engine, module, widget);
      const target = `${module}/${widget}`;
      await engine.flags.clearAccess(actor, target);
      return widgetAccess(engine, target);
    },
  }),
];

interface Part {
  base: string;
  noun: string;
  answer: z.ZodType;
  /** The target by the address. @throws MODULE_NOT_INSTALLED, NOT_FOUND */
  find(engine: ApiEngine, params: { module: string; widget?: string }): string;
  read(engine: ApiEngine, target: string): unknown;
}

function routesOf({ base, noun, answer, find, read }: Part) {
  // For the types the addresses of a widget are those of its module: `find` knows that they hold one name more.
  const at = <Rest extends string>(rest: Rest) => `${base}${rest}` as `/modules/{module}/access${Rest}`;
  return [
    defineRoute("GET", at(""), {
      summary: `Who gets ${noun}${read === widgetAccess ? "; `inherited` when it follows its module" : ""}`,
      role: "operator",
      answer,
      handle: ({ engine, params }) => read(engine, find(engine, params)),
    }),
    defineRoute("PUT", at(""), {
      ...administrator,
      summary: `Give ${noun} to everyone, to groups, by rules or to nobody, at once`,
      body: accessSettingInput,
      answer,
      async handle({ engine, actor, params, body }) {
        const target = find(engine, params);
        await engine.flags.setAccess(actor, target, body);
        return read(engine, target);
      },
    }),
    ...groupRoutesOf({ base, noun, answer, find, read }),
    defineRoute("POST", at("/preview"), {
      ...administrator,
      summary: `Who would gain and lose ${noun}; nothing is written`,
      body: accessSettingInput,
      answer: flagPreview,
      handle: ({ engine, params, body }) => engine.flags.previewAccess(find(engine, params), body),
    }),
    defineRoute("POST", at("/rollout"), {
      ...administrator,
      summary: `Hold the roll-out of ${noun}, continue it, or begin its next step now`,
      body: rolloutInput,
      answer: rolloutView,
      async handle({ engine, actor, params, body }) {
        const { changeId } = await engine.flags.rolloutAccess(actor, find(engine, params), body.action);
        return { changeId };
      },
    }),
    defineRoute("GET", at("/holders"), {
      ...administrator,
      summary: `Who was given ${noun}, and why`,
      query: holdersQuery,
      answer: holdersView,
      handle: ({ engine, params, query }) => engine.flags.holders(find(engine, params), query),
    }),
    defineRoute("GET", at("/users/{user}"), {
      ...administrator,
      summary: `Whether one user gets ${noun}, by which rule, and what would change it`,
      answer: accessExplanationView,
      handle({ engine, params }) {
        const target = find(engine, params);
        const identity = engine.access.directory.identity(params.user);
        if (identity === null) throw new GraftError("NOT_FOUND", "This user does not exist.");
        const { decision, ...explained } = engine.flags.explain(identity, target);
        return { ...decision, ...explained };
      },
    }),
  ];
}

/** One more group, or one less, whatever the others are. */
function groupRoutesOf({ base, noun, answer, find, read }: Part) {
  const path = `${base}/groups/{key}` as "/modules/{module}/access/groups/{key}";
  const both = [
    { method: "PUT", on: true, summary: `Give ${noun} to one more group, at once` },
    { method: "DELETE", on: false, summary: `Take ${noun} from one group, at once` },
  ] as const;
  return both.map(({ method, on, summary }) =>
    defineRoute(method, path, {
      ...administrator,
      summary: `${summary}; refused where everyone has it or rules decide`,
      answer,
      async handle({ engine, actor, params }) {
        const target = find(engine, params);
        await engine.flags.setGroupAccess(actor, target, { group: params.key, on });
        return read(engine, target);
      },
    }),
  );
}

function requireWidget(engine: ApiEngine, module: string, widget: string): void {
  const { manifest, title } = requireInstalled(engine.registry, module);
  if (manifest.widgets.some(({ id }) => id === widget)) return;
  const widgets = manifest.widgets.map(({ id }) => id);
  throw new GraftError("NOT_FOUND", `${title} has no widget ${widget}.`, { details: { widgets } });
}
