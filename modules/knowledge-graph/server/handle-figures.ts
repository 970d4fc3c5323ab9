import type { Context } from "@graft/sdk/server";
import type { FiguresAnswer } from "@graft/sdk/views";
import { countByDay } from "./figures.sql.ts";
import { figuresQuery, readQuery } from "./input.ts";

const dayMs = 86_400_000;
/** Everybody's home asks, and everybody sees the same: a large graph is counted this often at most. */
const keptMs = 10_000;
const kept = new Map<number, { at: number; answer: Promise<FiguresAnswer> }>();

/** The widget: how many entities and relations there are and how they grew. The host draws it. */
export async function getFigures({ query }: Context): Promise<FiguresAnswer> {
  const { days } = await readQuery(query, figuresQuery);
  const now = Date.now();
  for (const [key, { at }] of kept) if (now - at > keptMs) kept.delete(key);
  const answer = kept.get(days)?.answer ?? count(days);
  if (!kept.has(days)) {
    kept.set(days, { at: now, answer });
    answer.catch(() => kept.delete(days));
  }
  return answer;
}

async function count(days: number): Promise<FiguresAnswer> {
  const [entities, relations] = await Promise.all([
    countByDay("entities", days),
    countByDay("relations", days),
  ]);
  return {
    figures: [
      { label: "Entities", ...growth(entities, days) },
      { label: "Relations", ...growth(relations, days) },
    ],
    empty: "The graph is empty.",
  };
}

function growth(counts: Awaited<ReturnType<typeof countByDay>>, days: number) {
  const byDay = new Map(counts.days.map(({ day, count }) => [day, count]));
  const today = Math.floor(Date.now() / dayMs) * dayMs;
  let sum = counts.before;
  const series = Array.from({ length: days }, (_, i) => {
    const day = new Date(today - (days - 1 - i) * dayMs).toISOString().slice(0, 10);
    sum += byDay.get(day) ?? 0;
    return sum;
  });
  return { value: sum, delta: { value: sum - counts.before, label: `in ${days} days` }, series };
}
