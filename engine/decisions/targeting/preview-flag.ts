import type { Evaluation, FlagPreview } from "../../../contract/flags.ts";
import type { Identity } from "../../people/index.ts";
import type { FlagContext } from "../types.ts";
import { contextOf } from "./context-of.ts";

/** A flag, or access asked for as one. */
export interface PreviewedFlag {
  evaluate(context: FlagContext, identity: Identity): { evaluation: Evaluation };
}

const namedMax = 200;

/** Asks both flags for every enabled user; null stands for no flag at all. */
export function previewFlag(
  before: PreviewedFlag | null,
  after: PreviewedFlag | null,
  users: Iterable<Identity>,
): FlagPreview {
  const counts = new Map<string | null, { before: number; after: number }>();
  const named: FlagPreview["changed"]["users"] = [];
  const figures = { users: 0, changed: 0, gain: 0, lose: 0 };
  for (const user of users) {
    if (!user.enabled) continue;
    figures.users++;
    const context = contextOf(user);
    const was = before?.evaluate(context, user).evaluation;
    const becomes = after?.evaluate(context, user).evaluation;
    countOf(counts, was?.variant).before++;
    countOf(counts, becomes?.variant).after++;
    if (was?.variant === becomes?.variant && was?.value === becomes?.value) continue;
    figures.changed++;
    if (becomes?.value === true && was?.value !== true) figures.gain++;
    if (was?.value === true && becomes?.value !== true) figures.lose++;
    if (named.length === namedMax) continue;
    const { userId, name, email } = user;
    named.push({ userId, name, email, before: was?.variant ?? null, after: becomes?.variant ?? null });
  }
  named.sort((a, b) => a.name.localeCompare(b.name));
  return {
    users: figures.users,
    changed: { count: figures.changed, users: named },
    gain: figures.gain,
    lose: figures.lose,
    variants: [...counts]
      .map(([variant, count]) => ({ variant, ...count }))
      .sort((a, b) => b.after - a.after),
  };
}

function countOf(counts: Map<string | null, { before: number; after: number }>, variant: string | undefined) {
  const key = variant ?? null;
  const count = counts.get(key) ?? { before: 0, after: 0 };
  counts.set(key, count);
  return count;
}
