import { numberFormat } from "@/components/ui/intl.ts";
import type { NumberFormat } from "@/sdk/views/index.ts";

interface Written {
  format?: NumberFormat | undefined;
  unit?: string | undefined;
}

/** A number as an answer wants it written, in the user's own way of writing numbers. */
export function formatValue(value: number, { format, unit }: Written, locale: string | undefined): string {
  const number = writeNumber(value, format ?? "number", locale);
  return unit === undefined ? number : `${number} ${unit}`;
}

/** Short enough for an axis: 12 K, 3.4 M. */
export function formatTick(value: number, { format }: Written, locale: string | undefined): string {
  if (format !== undefined && format !== "number") return writeNumber(value, format, locale);
  return numberFormat(locale, { notation: "compact", maximumFractionDigits: 2 }).format(value);
}

/** With its sign, as a difference is said. */
export function formatDelta(
  value: number,
  format: NumberFormat | undefined,
  locale: string | undefined,
): string {
  const sign = value > 0 ? "+" : value < 0 ? "−" : "±";
  return sign + writeNumber(Math.abs(value), format ?? "number", locale);
}

function writeNumber(value: number, format: NumberFormat, locale: string | undefined): string {
  if (format === "percent") {
    return numberFormat(locale, { style: "percent", maximumFractionDigits: 2 }).format(value);
  }
  if (format === "bytes") return writeBytes(value, locale);
  if (format === "duration") return writeDuration(value, locale);
  return numberFormat(locale, { maximumFractionDigits: 2 }).format(value);
}

const byteUnits = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];

function writeBytes(bytes: number, locale: string | undefined): string {
  const size = Math.abs(bytes);
  const step = size < 1000 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log10(size) / 3));
  return numberFormat(locale, {
    style: "unit",
    unit: byteUnits[step] ?? "byte",
    unitDisplay: "short",
    maximumSignificantDigits: 3,
  }).format(bytes / 1000 ** step);
}

const durations: [unit: string, ms: number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
  ["millisecond", 1],
];

function writeDuration(ms: number, locale: string | undefined): string {
  const [unit, size] = durations.find(([, each]) => Math.abs(ms) >= each) ?? ["millisecond", 1];
  return numberFormat(locale, {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumSignificantDigits: 3,
  }).format(ms / size);
}
