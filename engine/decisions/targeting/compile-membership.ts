import type { Read } from "./read.ts";

// With fewer, searching the user's groups for each is as quick.
const rowsMin = 3;

interface Row {
  rank: number;
  answer: unknown;
}

/**
 * "In this group: this answer", several times over, by one look-up for each group of the user instead of one search of
 * them for each row; null: the branches say something else. `general` answers where there is no list of groups.
 */
export function compileMembership(args: readonly unknown[], general: Read): Read | null {
  const rows = new Map<unknown, Row>();
  for (let i = 0; i + 1 < args.length; i += 2) {
    const group = groupAsked(args[i]);
    const answer: unknown = args[i + 1];
    if (group === null || (typeof answer !== "string" && answer !== null)) return null;
    if (!rows.has(group)) rows.set(group, { rank: i, answer });
  }
  const otherwise = args.length % 2 === 1 ? args.at(-1) : null;
  if (rows.size < rowsMin || (typeof otherwise !== "string" && otherwise !== null)) return null;
  return (context) => {
    const { groups } = context;
    if (!Array.isArray(groups)) return general(context);
    let first: Row | undefined;
    for (let i = 0; i < groups.length; i++) {
      const row = rows.get(groups[i]);
      if (row !== undefined && (first === undefined || row.rank < first.rank)) first = row;
    }
    return first === undefined ? otherwise : first.answer;
  };
}

/** The group in `{ "in": ["staff", { "var": "groups" }] }`. */
function groupAsked(logic: unknown): string | null {
  if (typeof logic !== "object" || logic === null || Object.keys(logic).join() !== "in") return null;
  const args = (logic as { in: unknown }).in;
  if (!Array.isArray(args)) return null;
  const [group, list, ...more] = args as unknown[];
  if (typeof group !== "string" || more.length > 0 || typeof list !== "object" || list === null) return null;
  return JSON.stringify(list) === '{"var":"groups"}' ? group : null;
}
