/** The candidate most like `word`, for "did you mean"; undefined when nothing is near. */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  // A third of the letters may be wrong, three at most; beyond that the guess is noise.
  let best = Math.min(3, Math.ceil(wanted.length / 3));
  let found: string | undefined;
  for (const candidate of candidates) {
    // The distance is at least that; and a word may be as long as a file.
    if (Math.abs(candidate.length - wanted.length) > best) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < best || (distance === best && found === undefined)) {
      best = distance;
      found = candidate;
    }
  }
  return found;
}

/** Levenshtein distance; the words are short, so two rows suffice. */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitution, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
