// Valibot here, zod everywhere else: this is on the home page, where the two schemas of one widget cost 8.3 KB with zod/mini and
// all of these 3.7 KB with valibot (bundled, minified, gzip), out of the 150 KB that bench/home.ts holds the page to.
import * as v from "valibot";

/** Words for what valibot would say in its own terms: a missing key, one that is not known, no object at all. */
const object = <Entries extends v.ObjectEntries>(entries: Entries) =>
  v.strictObject(entries, ({ expected, received }) =>
    expected === "never"
      ? "is not known here"
      : expected === "Object"
        ? `must be an object, not ${received}`
        : "is missing",
  );

const isoTime = "must be an ISO 8601 date or time such as 2026-11-22T14:30:00Z";

/** A page of the module's own (`/posts/1`, with its query), or an address on the web. */
const link = v.pipe(
  v.string(),
  v.maxLength(2000),
  v.regex(
    /^(\/(?![/\\])[^\\\s]*|https?:\/\/[^\s]+)$/,
    "must be a path of the module's own pages (/posts/1) or start with https:// or http://",
  ),
);
const text = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max));
const isTime = (value: string) =>
  value.length <= 40 && /^\d{4}-\d\d-\d\d/.test(value) && !Number.isNaN(Date.parse(value));
const time = v.pipe(v.string(), v.check(isTime, isoTime));
const empty = v.optional(text(200));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** How a number is written; all but `duration` (milliseconds) by `Intl.NumberFormat` in the user's language. */
const numberFormat = {
  format: v.optional(v.picklist(["number", "percent", "bytes", "duration"])),
  /** Written after the number: `ms`, `people`. */
  unit: v.optional(text(20)),
};
const tone = v.picklist(["neutral", "primary", "success", "warning", "danger"]);

/** At most `max` of them, at least `min`. */
const some = <Item extends v.GenericSchema>(item: Item, max: number, min = 0) =>
  v.pipe(v.array(item), v.minLength(min), v.maxLength(max));

const list = object({
  items: some(
    object({
      title: text(200),
      text: v.optional(text(500)),
      time: v.optional(time),
      link: v.optional(link),
      badge: v.optional(object({ text: text(20), tone: v.optional(tone) })),
      /** Marked with a dot and, for screen readers, the word. */
      unread: v.optional(v.boolean()),
    }),
    100,
  ),
  /** Shown in the widget's head, as unread things. */
  unread: v.optional(count),
  /** What to say when there are none. */
  empty,
});

const figures = object({
  figures: some(
    object({
      label: text(60),
      value: v.union([v.number(), text(30), v.null()]),
      ...numberFormat,
      /** How it moved: `{ "value": 12, "label": "this week" }`; `good` says which way is welcome. */
      delta: v.optional(
        object({
          value: v.number(),
          label: v.optional(text(40)),
          good: v.optional(v.picklist(["up", "down"])),
        }),
      ),
      /** Its course, oldest first; null where nothing is known. */
      series: v.optional(some(v.nullable(v.number()), 400)),
      link: v.optional(link),
    }),
    12,
  ),
  empty,
});

const chart = v.pipe(
  object({
    type: v.picklist(["line", "bar", "area"]),
    /** Times (ISO 8601, in their order) or names. */
    x: object({ type: v.picklist(["time", "category"]), values: some(text(60), 500) }),
    ...numberFormat,
    series: some(object({ name: text(60), values: v.array(v.nullable(v.number())) }), 6, 1),
    empty,
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { x, series } = dataset.value;
    for (const [i, { values }] of series.entries())
      if (values.length !== x.values.length)
        addIssue({
          message: `has ${values.length} values for ${x.values.length} values of x`,
          path: pathTo("series", i, "values"),
        });
    const wrong = x.type === "time" ? x.values.findIndex((at) => !isTime(at)) : -1;
    if (wrong >= 0) addIssue({ message: isoTime, path: pathTo("x", "values", wrong) });
  }),
);

const cell = v.union([
  v.null(),
  v.number(),
  v.pipe(v.string(), v.maxLength(500)),
  object({ text: text(200), link }),
]);
const table = v.pipe(
  object({
    columns: some(
      object({
        key: text(40),
        title: text(60),
        type: v.picklist(["text", "number", "date", "link"]),
        ...numberFormat,
      }),
      12,
      1,
    ),
    rows: some(v.record(v.string(), cell), 500),
    /** How it is sorted until somebody sorts it otherwise; without it as it comes. */
    sort: v.optional(object({ column: text(40), descending: v.optional(v.boolean()) })),
    empty,
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { columns, rows } = dataset.value;
    for (const [row, cells] of rows.entries())
      for (const { key, type } of columns) {
        const fits = fitsColumn(cells[key] ?? null, type);
        if (fits !== true) addIssue({ message: fits, path: pathTo("rows", row, key) });
      }
  }),
);

function fitsColumn(value: v.InferOutput<typeof cell>, type: "text" | "number" | "date" | "link") {
  if (value === null) return true;
  if (type === "number") return typeof value === "number" || "must be a number";
  if (type === "text") return typeof value === "string" || "must be a text";
  if (type === "link") return typeof value === "object" || 'must be { "text": …, "link": … }';
  return (typeof value === "string" && isTime(value)) || isoTime;
}

/** Only the keys of a path are read here; valibot's items hold the values on the way as well. */
const pathTo = (...keys: [string | number, ...(string | number)[]]) =>
  keys.map((key) => ({ type: "unknown", origin: "value", input: undefined, key, value: undefined })) as [
    v.IssuePathItem,
    ...v.IssuePathItem[],
  ];

const markdown = object({
  /** Pictures come from the module's own files alone. */
  markdown: v.pipe(v.string(), v.maxLength(20_000)),
  empty,
});

/** What the endpoint of a widget without client code answers, by the `kind` in its manifest. */
export const widgetAnswers = { list, figures, chart, table, markdown };
/** What a page's `badge` endpoint answers. */
export const badgeAnswer = object({ count });

export type WidgetViewKind = keyof typeof widgetAnswers;
export type ListAnswer = v.InferOutput<typeof list>;
export type FiguresAnswer = v.InferOutput<typeof figures>;
export type ChartAnswer = v.InferOutput<typeof chart>;
export type TableAnswer = v.InferOutput<typeof table>;
export type MarkdownAnswer = v.InferOutput<typeof markdown>;
export type BadgeAnswer = v.InferOutput<typeof badgeAnswer>;
export type NumberFormat = "number" | "percent" | "bytes" | "duration";
export interface WidgetAnswers {
  list: ListAnswer;
  figures: FiguresAnswer;
  chart: ChartAnswer;
  table: TableAnswer;
  markdown: MarkdownAnswer;
}
