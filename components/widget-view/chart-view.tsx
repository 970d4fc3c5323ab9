"use client";

import { useLayoutEffect, useRef, useState } from "react";
import { cn } from "@/components/ui/cn";
import { useLocale } from "@/components/ui/locale";
import type { ChartAnswer } from "@/sdk/views/index.ts";
import { ChartMarks } from "./chart-marks.tsx";
import { labelledPlaces, places, timeFormat, valueTicks } from "./chart-scale.ts";
import { formatTick, formatValue } from "./format-value.ts";
import { seriesColours } from "./series-colours.ts";
import { texts } from "./texts.ts";
import type { ViewSource } from "./view-source.ts";

const edge = { top: 8, right: 12, bottom: 22 };
const heightPxMin = 96;

/** Axes and marks as SVG in the size there is; the same figures as a table for who cannot see it. */
export function ChartView({ answer, source }: { answer: ChartAnswer; source: ViewSource }) {
  const { locale, timeZone } = useLocale();
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const { x, series } = answer;
  const ticks = valueTicks(series.flatMap(({ values }) => values));
  const tickTexts = ticks.map((tick) => formatTick(tick, answer, locale));
  const left = 12 + Math.max(...tickTexts.map((text) => text.length)) * 6.5;
  const width = Math.max(0, size.width - left - edge.right);
  const height = Math.max(heightPxMin, size.height) - edge.top - edge.bottom;
  const [bottom = 0, top = 1] = [ticks[0], ticks.at(-1)];
  const yOf = (value: number) => edge.top + height * (1 - (value - bottom) / (top - bottom));
  const xs = places(answer.type === "bar" ? { ...x, type: "category" } : x).map((at) => left + at * width);
  const name = x.type === "time" ? timeFormat(x.values, locale, timeZone) : (value: string) => value;
  const labelled = labelledPlaces(x.values.length, Math.floor(width / 72));
  return (
    <figure className="flex h-full min-h-36 flex-col gap-1 p-3">
      {series.length > 1 ? <Legend names={series.map((each) => each.name)} /> : null}
      <div ref={box} className="relative min-h-24 flex-1">
        <svg
          aria-hidden
          width="100%"
          height={Math.max(heightPxMin, size.height)}
          className="absolute inset-0"
        >
          {ticks.map((tick, i) => (
            <g key={tick}>
              <line
                x1={left}
                x2={left + width}
                y1={yOf(tick)}
                y2={yOf(tick)}
                className={tick === 0 ? "stroke-input" : "stroke-border"}
              />
              <text
                x={left - 6}
                y={yOf(tick) + 3.5}
                textAnchor="end"
                className="tabular fill-muted-foreground text-[0.6875rem]"
              >
                {tickTexts[i]}
              </text>
            </g>
          ))}
          {labelled.map((i) => (
            <text
              key={i}
              x={xs[i]}
              y={edge.top + height + 16}
              textAnchor={anchorOf(xs[i] ?? 0, left, left + width)}
              className="fill-muted-foreground text-[0.6875rem]"
            >
              {shorten(name(x.values[i] ?? ""), Math.floor(width / Math.max(1, labelled.length) / 6.5))}
            </text>
          ))}
          {width > 0 ? (
            <ChartMarks type={answer.type} series={series} xs={xs} yOf={yOf} slotPx={width / xs.length} />
          ) : null}
        </svg>
      </div>
      <table className="sr-only">
        <caption>{source.title}</caption>
        <thead>
          <tr>
            <th scope="col">{x.type === "time" ? texts.time : texts.name}</th>
            {series.map((each) => (
              <th key={each.name} scope="col">
                {each.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {x.values.map((value, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two may have the same name
            <tr key={i}>
              <th scope="row">{name(value)}</th>
              {series.map((each) => (
                <td key={each.name}>{writeCell(each.values[i], answer, locale)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

/** A name at the edge is written away from it. */
function anchorOf(at: number, left: number, right: number): "start" | "middle" | "end" {
  if (at - left < 20) return "start";
  return right - at < 20 ? "end" : "middle";
}

function writeCell(
  value: number | null | undefined,
  answer: ChartAnswer,
  locale: string | undefined,
): string {
  return value === null || value === undefined ? texts.unknown : formatValue(value, answer, locale);
}

function Legend({ names }: { names: string[] }) {
  return (
    <ul aria-hidden className="flex flex-wrap gap-x-3 gap-y-1 px-1 text-xs text-muted-foreground">
      {names.map((name, i) => (
        <li key={name} className="flex items-center gap-1.5">
          <svg aria-hidden viewBox="0 0 12 4" className={cn("h-1 w-3", seriesColours[i])}>
            <rect width="12" height="4" rx="2" fill="currentColor" />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}

function shorten(text: string, most: number): string {
  return text.length > most && most > 2 ? `${text.slice(0, most - 1)}…` : text;
}

function useSize(ref: React.RefObject<HTMLElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}
