import { formatLocale } from "./format-locale.ts";
import { numberFormat } from "./intl.ts";

const plurals = new Intl.PluralRules("en");
const lists = new Intl.ListFormat("en", { type: "conjunction" });

/** `plural(1, "module")` → "1 module"; irregular plurals as third argument. Rules by `Intl.PluralRules`. */
export function plural(count: number, one: string, other = `${one}s`): string {
  const word = plurals.select(count) === "one" ? one : other;
  return `${formatNumber(count)} ${word}`;
}

/** As the viewer writes numbers. */
export function formatNumber(value: number, options?: Intl.NumberFormatOptions): string {
  return numberFormat(formatLocale(), options).format(value);
}

const units = ["B", "KB", "MB", "GB", "TB"];

/** Decimal units, three significant digits: 1.53 MB. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const text =
    unit === 0 ? formatNumber(Math.round(value)) : formatNumber(value, { maximumSignificantDigits: 3 });
  return `${text} ${units[unit]}`;
}

/** Memory, in whole megabytes. */
export function formatMb(mb: number): string {
  return `${formatNumber(Math.round(mb))} MB`;
}

/** 0 to 1 as a percentage that never rounds a fault away: 0.99996 stays below 100 %. */
export function formatShare(share: number): string {
  if (share >= 1) return "100 %";
  return `${formatNumber(Math.floor(share * 10_000) / 100)} %`;
}

export function formatMs(ms: number): string {
  if (ms < 1) return "<1 ms";
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return `${formatNumber(ms / 1000, { maximumFractionDigits: ms < 10_000 ? 2 : 1 })} s`;
}

/** "a, b and c". */
export function formatList(items: readonly string[]): string {
  return lists.format(items);
}

/** The engine says "answers its probes" of a module; standing alone it begins with a capital. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
