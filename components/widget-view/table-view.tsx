"use client";

import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { ArrowDown, ArrowUp } from "@/components/ui/icons";
import { dateTimeFormat } from "@/components/ui/intl";
import { useLocale } from "@/components/ui/locale";
import type { TableAnswer } from "@/sdk/views/index.ts";
import { formatValue } from "./format-value.ts";
import { sortRows } from "./sort-rows.ts";
import { ViewLink } from "./view-link.tsx";
import type { ViewSource } from "./view-source.ts";

type Column = TableAnswer["columns"][number];
type Cell = TableAnswer["rows"][number][string];

export function TableView({ answer, source }: { answer: TableAnswer; source: ViewSource }) {
  const { locale } = useLocale();
  const [chosen, setChosen] = useState<{ column: string; descending: boolean } | null>(null);
  const first = answer.sort && { column: answer.sort.column, descending: answer.sort.descending ?? false };
  const sort = chosen ?? first ?? null;
  const rows = sortRows(answer, sort, locale);
  return (
    <table aria-label={source.title} className="w-full border-collapse">
      <thead className="sticky top-0 z-10 bg-card">
        <tr className="border-b">
          {answer.columns.map(({ key, title, type }) => {
            const sorted = sort?.column === key ? (sort.descending ? "descending" : "ascending") : undefined;
            const Arrow = sorted === "descending" ? ArrowDown : ArrowUp;
            return (
              <th
                key={key}
                scope="col"
                aria-sort={sorted}
                className={cn("px-2 first:pl-4 last:pr-4", type === "number" ? "text-right" : "text-left")}
              >
                <button
                  type="button"
                  className="inline-flex h-8 items-center gap-1 text-xs font-medium whitespace-nowrap text-muted-foreground hover:text-foreground"
                  onClick={() => setChosen({ column: key, descending: sorted === "ascending" })}
                >
                  {title}
                  {sorted === undefined ? null : <Arrow aria-hidden className="size-3" />}
                </button>
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity, and none has a state
          <tr key={i} className="border-b last:border-b-0">
            {answer.columns.map((column) => (
              <td
                key={column.key}
                className={cn(
                  "px-2 py-2 align-top first:pl-4 last:pr-4",
                  column.type === "number" && "tabular text-right whitespace-nowrap",
                )}
              >
                <TableValue column={column} value={row[column.key] ?? null} source={source} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function TableValue({ column, value, source }: { column: Column; value: Cell; source: ViewSource }) {
  const { locale, timeZone } = useLocale();
  if (value === null || value === undefined) return <span className="text-muted-foreground">–</span>;
  if (typeof value === "object") {
    return (
      <ViewLink
        module={source.module}
        pages={source.href !== null}
        link={value.link}
        className="text-primary underline underline-offset-2 hover:no-underline"
      >
        {value.text}
      </ViewLink>
    );
  }
  if (typeof value === "number") return formatValue(value, column, locale);
  if (column.type !== "date") return value;
  // A day without a time is that day everywhere.
  const day = /^\d{4}-\d\d-\d\d$/.test(value);
  const written = dateTimeFormat(locale, {
    dateStyle: "medium",
    ...(day ? { timeZone: "UTC" } : { timeStyle: "short", timeZone }),
  }).format(new Date(value));
  return (
    <time dateTime={value} className="whitespace-nowrap">
      {written}
    </time>
  );
}
