import * as v from "valibot";
import {
  type BadgeAnswer,
  badgeAnswer,
  type WidgetAnswers,
  type WidgetViewKind,
  widgetAnswers,
} from "./view-kinds.ts";

export type Read<Answer> =
  | { ok: true; answer: Answer }
  /** What is wrong, and where: `items[2].time: must be an ISO 8601 date or time …`. */
  | { ok: false; problem: string };

/** Holds what an endpoint answered against what the widget's `kind` promises. */
export function readWidgetAnswer<Kind extends WidgetViewKind>(
  kind: Kind,
  value: unknown,
): Read<WidgetAnswers[Kind]> {
  return read<WidgetAnswers[WidgetViewKind]>(widgetAnswers[kind], value) as Read<WidgetAnswers[Kind]>;
}

/** Holds what a page's `badge` endpoint answered against what it promises. */
export const readBadgeAnswer = (value: unknown): Read<BadgeAnswer> => read<BadgeAnswer>(badgeAnswer, value);

function read<Answer>(schema: v.GenericSchema<unknown, Answer>, value: unknown): Read<Answer> {
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (parsed.success) return { ok: true, answer: parsed.output };
  const [issue] = parsed.issues;
  const where = formatPath(issue.path?.map(({ key }) => key) ?? []);
  return { ok: false, problem: `${where === "" ? "" : `${where}: `}${issue.message}` };
}

function formatPath(path: readonly unknown[]): string {
  return path.reduce<string>(
    (text, key) =>
      typeof key === "number" ? `${text}[${key}]` : `${text === "" ? "" : `${text}.`}${String(key)}`,
    "",
  );
}
