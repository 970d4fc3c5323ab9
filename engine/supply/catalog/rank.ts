import type { CatalogEntry } from "../../../contract/catalog.ts";
import { editDistance } from "../manifest/index.ts";

/**
 * How well an entry answers a query; 0: not at all. Every word of the query must be found, in the title or name
 * first, then categories, publisher and summary; a slip of the keyboard still finds a title word.
 */
export function rank(entry: CatalogEntry, query: string): number {
  const words = query
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  let total = 0;
  for (const word of words) {
    const score = rankWord(entry, word);
    if (score === 0) return 0;
    total += score;
  }
  const whole = query.trim().toLowerCase();
  return total + (entry.name === whole || entry.title.toLowerCase() === whole ? 100 : 0);
}

function rankWord(entry: CatalogEntry, word: string): number {
  const title = entry.title.toLowerCase();
  const strong = [...wordsOf(title), ...entry.name.split("-")];
  if (strong.includes(word) || entry.name === word) return 20;
  if (strong.some((other) => other.startsWith(word)) || entry.name.startsWith(word)) return 15;
  if (entry.categories.includes(word)) return 12;
  if (title.includes(word) || entry.name.includes(word)) return 10;
  const weak = [...wordsOf(entry.summary.toLowerCase()), entry.publisher, ...entry.categories, entry.type];
  if (weak.includes(word)) return 8;
  if (weak.some((other) => other.startsWith(word))) return 5;
  const slips = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
  if (strong.some((other) => isNear(word, other, slips))) return 3;
  if (weak.some((other) => isNear(word, other, Math.min(slips, 1)))) return 1;
  return 0;
}

function isNear(word: string, other: string, slips: number): boolean {
  return slips > 0 && Math.abs(word.length - other.length) <= slips && editDistance(word, other) <= slips;
}

function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}
