import { type WidgetAnswers, type WidgetViewKind, widgetAnswers } from "./answers.ts";

export type ReadAnswer<Kind extends WidgetViewKind> =
  | { ok: true; answer: WidgetAnswers[Kind] }
  /** What is wrong, and where: `items[2].time: must be an ISO 8601 date or time …`. */
  | { ok: false; problem: string };

/** Holds what an endpoint answered against what the widget's `kind` promises. */
export function readWidgetAnswer<Kind extends WidgetViewKind>(kind: Kind, value: unknown): ReadAnswer<Kind> {
  const parsed = widgetAnswers[kind].safeParse(value);
  if (parsed.success) return { ok: true, answer: parsed.data as WidgetAnswers[Kind] };
  const [issue] = parsed.error.issues;
  const where = formatPath(issue?.path ?? []);
  return { ok: false, problem: `${where === "" ? "" : `${where}: `}${issue?.message ?? "is not valid"}` };
}

function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) =>
      typeof key === "number" ? `${text}[${key}]` : `${text === "" ? "" : `${text}.`}${String(key)}`,
    "",
  );
}
