import * as z from "zod/mini";
import en from "zod/v4/locales/en.js";

// zod/mini has no words of its own; what is wrong with an answer is told to administrators.
z.config(en());

/** A page of the module's own (`/posts/1`, with its query), or an address on the web. */
const link = z
  .string()
  .check(
    z.maxLength(2000),
    z.regex(
      /^(\/(?![/\\])[^\\\s]*|https?:\/\/[^\s]+)$/,
      "must be a path of the module's own pages (/posts/1) or start with https:// or http://",
    ),
  );
const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const time = z.string().check(
  z.maxLength(40),
  z.refine(
    (value) => /^\d{4}-\d\d-\d\d/.test(value) && !Number.isNaN(Date.parse(value)),
    "must be an ISO 8601 date or time such as 2026-11-22T14:30:00Z",
  ),
);
const empty = z.optional(text(200));

/** How a number is written; all but `duration` (milliseconds) by `Intl.NumberFormat` in the user's language. */
const numberFormat = {
  format: z.optional(z.enum(["number", "percent", "bytes", "duration"])),
  /** Written after the number: `ms`, `people`. */
  unit: z.optional(text(20)),
};
const tone = z.enum(["neutral", "primary", "success", "warning", "danger"]);

const list = z.strictObject({
  items: z
    .array(
      z.strictObject({
        title: text(200),
        text: z.optional(text(500)),
        time: z.optional(time),
        link: z.optional(link),
        badge: z.optional(z.strictObject({ text: text(20), tone: z.optional(tone) })),
        /** Marked with a dot and, for screen readers, the word. */
        unread: z.optional(z.boolean()),
      }),
    )
    .check(z.maxLength(100)),
  /** Shown in the widget's head, as unread things. */
  unread: z.optional(z.int().check(z.minimum(0))),
  /** What to say when there are none. */
  empty,
});

const figures = z.strictObject({
  figures: z
    .array(
      z.strictObject({
        label: text(60),
        value: z.union([z.number(), text(30), z.null()]),
        ...numberFormat,
        /** How it moved: `{ "value": 12, "label": "this week" }`; `good` says which way is welcome. */
        delta: z.optional(
          z.strictObject({
            value: z.number(),
            label: z.optional(text(40)),
            good: z.optional(z.enum(["up", "down"])),
          }),
        ),
        /** Its course, oldest first; null where nothing is known. */
        series: z.optional(z.array(z.nullable(z.number())).check(z.maxLength(400))),
        link: z.optional(link),
      }),
    )
    .check(z.maxLength(12)),
  empty,
});

const chart = z
  .strictObject({
    type: z.enum(["line", "bar", "area"]),
    /** Times (ISO 8601, in their order) or names. */
    x: z.strictObject({
      type: z.enum(["time", "category"]),
      values: z.array(text(60)).check(z.maxLength(500)),
    }),
    ...numberFormat,
    series: z
      .array(z.strictObject({ name: text(60), values: z.array(z.nullable(z.number())) }))
      .check(z.minLength(1), z.maxLength(6)),
    empty,
  })
  .check((context) => {
    const { x, series } = context.value;
    for (const [i, { values }] of series.entries())
      if (values.length !== x.values.length)
        context.issues.push({
          code: "custom",
          input: values,
          path: ["series", i, "values"],
          message: `has ${values.length} values for ${x.values.length} values of x`,
        });
    const wrong = x.type === "time" ? x.values.findIndex((at) => !time.safeParse(at).success) : -1;
    if (wrong >= 0)
      context.issues.push({
        code: "custom",
        input: x.values[wrong],
        path: ["x", "values", wrong],
        message: "must be an ISO 8601 date or time such as 2026-11-22T14:30:00Z",
      });
  });

const cell = z.union([
  z.null(),
  z.number(),
  z.string().check(z.maxLength(500)),
  z.strictObject({ text: text(200), link }),
]);
const table = z
  .strictObject({
    columns: z
      .array(
        z.strictObject({
          key: text(40),
          title: text(60),
          type: z.enum(["text", "number", "date", "link"]),
          ...numberFormat,
        }),
      )
      .check(z.minLength(1), z.maxLength(12)),
    rows: z.array(z.record(z.string(), cell)).check(z.maxLength(500)),
    /** How it is sorted until somebody sorts it otherwise; without it as it comes. */
    sort: z.optional(z.strictObject({ column: text(40), descending: z.optional(z.boolean()) })),
    empty,
  })
  .check((context) => {
    const { columns, rows } = context.value;
    for (const [row, cells] of rows.entries())
      for (const { key, type } of columns) {
        const fits = fitsColumn(cells[key] ?? null, type);
        if (fits !== true)
          context.issues.push({
            code: "custom",
            input: cells[key],
            path: ["rows", row, key],
            message: fits,
          });
      }
  });

function fitsColumn(value: z.infer<typeof cell>, type: "text" | "number" | "date" | "link"): true | string {
  if (value === null) return true;
  if (type === "number") return typeof value === "number" || "must be a number";
  if (type === "text") return typeof value === "string" || "must be a text";
  if (type === "link") return typeof value === "object" || 'must be { "text": …, "link": … }';
  return time.safeParse(value).success || "must be an ISO 8601 date or time such as 2026-11-22T14:30:00Z";
}

const markdown = z.strictObject({
  /** Pictures come from the module's own files alone. */
  markdown: z.string().check(z.maxLength(20_000)),
  empty,
});

/** What the endpoint of a widget without client code answers, by the `kind` in its manifest. */
export const widgetAnswers = { list, figures, chart, table, markdown };
/** What a page's `badge` endpoint answers. */
export const badgeAnswer = z.strictObject({ count: z.int().check(z.minimum(0)) });

export type WidgetViewKind = keyof typeof widgetAnswers;
export type ListAnswer = z.infer<typeof list>;
export type FiguresAnswer = z.infer<typeof figures>;
export type ChartAnswer = z.infer<typeof chart>;
export type TableAnswer = z.infer<typeof table>;
export type MarkdownAnswer = z.infer<typeof markdown>;
export type BadgeAnswer = z.infer<typeof badgeAnswer>;
export type NumberFormat = "number" | "percent" | "bytes" | "duration";
export interface WidgetAnswers {
  list: ListAnswer;
  figures: FiguresAnswer;
  chart: ChartAnswer;
  table: TableAnswer;
  markdown: MarkdownAnswer;
}
