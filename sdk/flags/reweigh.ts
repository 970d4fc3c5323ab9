import type { Weights } from "./rules.ts";

/** What each variant has in all; one may stand in several places. In the order in which they last stand. */
export function totalsOf(weights: Weights): Weights {
  const totals = new Map<string, number>();
  for (const { variant, weight } of weights) {
    const sum = (totals.get(variant) ?? 0) + weight;
    totals.delete(variant);
    totals.set(variant, sum);
  }
  return [...totals].map(([variant, weight]) => ({ variant, weight }));
}

/**
 * Other shares at the cost of nobody who need not change: whoever has a variant that does not shrink keeps it, and
 * what one loses goes to those that grow, where it stands. So a variant may come to stand in several places, which
 * `fractional` allows. A variant shrinks at the side where the one that grows stands: back and forth is no change.
 * Both have the same sum, in whole numbers; variants that `wanted` does not name have nothing.
 */
export function reweigh(weights: Weights, wanted: Weights): Weights {
  const before = totalsOf(weights);
  const after = new Map(totalsOf(wanted).map(({ variant, weight }) => [variant, weight]));
  const order = [...new Set([...before.map(({ variant }) => variant), ...after.keys()])];
  const had = new Map(before.map(({ variant, weight }) => [variant, weight]));
  const gains = new Map(
    order.map((variant) => [variant, (after.get(variant) ?? 0) - (had.get(variant) ?? 0)]),
  );
  const added = order.filter((variant) => !had.has(variant));
  let pieces = [...weights, ...added.map((variant) => ({ variant, weight: 0 }))];
  for (const to of order) {
    for (const from of order) {
      const amount = Math.min(gains.get(to) ?? 0, -(gains.get(from) ?? 0));
      if (amount <= 0) continue;
      pieces = move(pieces, { from, to, amount, atEnd: order.indexOf(from) < order.indexOf(to) });
      gains.set(to, (gains.get(to) ?? 0) - amount);
      gains.set(from, (gains.get(from) ?? 0) + amount);
    }
  }
  return tidy(pieces);
}

function move(pieces: Weights, move: { from: string; to: string; amount: number; atEnd: boolean }): Weights {
  let left = move.amount;
  const ordered = move.atEnd ? pieces.toReversed() : pieces;
  const moved = ordered.flatMap((piece): Weights => {
    const taken = piece.variant === move.from ? Math.min(left, piece.weight) : 0;
    if (taken === 0) return [piece];
    left -= taken;
    return [
      { variant: move.to, weight: taken },
      { variant: move.from, weight: piece.weight - taken },
    ];
  });
  return move.atEnd ? moved.toReversed() : moved;
}

/** Neighbours become one; of a variant without a share one place stays, where it would grow again. */
function tidy(pieces: Weights): Weights {
  const totals = new Map(totalsOf(pieces).map(({ variant, weight }) => [variant, weight]));
  const tidied: Weights = [];
  for (const [i, piece] of pieces.entries()) {
    const isLast = i === pieces.findLastIndex(({ variant }) => variant === piece.variant);
    const empty = totals.get(piece.variant) === 0 && isLast;
    if (piece.weight === 0 && !empty) continue;
    const last = tidied.at(-1);
    if (last?.variant === piece.variant) last.weight += piece.weight;
    else tidied.push({ ...piece });
  }
  return tidied;
}
