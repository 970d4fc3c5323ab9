export interface Rankable {
  label: string;
  /** Words it is found by besides its label. */
  keywords: string;
}

/** Entries that hold every word of `search`, best first: label's start, then a word's start, then anywhere. */
export function rankEntries<T extends Rankable>(entries: readonly T[], search: string): T[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const scored = entries.map((entry, order) => ({ entry, order, score: scoreOf(entry, words) }));
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .map(({ entry }) => entry);
}

function scoreOf(entry: Rankable, words: string[]): number {
  const label = entry.label.toLowerCase();
  const all = `${label} ${entry.keywords.toLowerCase()}`;
  let score = 1;
  for (const word of words) {
    if (!all.includes(word)) return 0;
    if (label.startsWith(word)) score += 8;
    else if (holdsWord(label, word)) score += 4;
    else if (holdsWord(all, word)) score += 2;
  }
  return score;
}

/** Whether a word of `text` begins with `start`; the parts of "e-mail" are words too. */
function holdsWord(text: string, start: string): boolean {
  return [" ", "-"].some((before) => ` ${text}`.includes(before + start));
}
