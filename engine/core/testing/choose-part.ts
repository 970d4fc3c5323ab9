import { createHash } from "node:crypto";
import { inject } from "vitest";

/** Everything, however long it takes: `npm run test:all`. */
export const runsAll = process.env.GRAFT_TEST_ALL === "1";

/**
 * The part of a long matrix that this run covers, and says so: every `parts`-th case beside those of the `floor`, which
 * every run covers. The commit chooses, so that a commit's runs are the same run and a few commits cover everything.
 */
export function choosePart<T>(
  matrix: string,
  cases: readonly T[],
  { parts, floor = () => false }: { parts: number; floor?: (item: T) => boolean },
): T[] {
  if (runsAll) return [...cases];
  const commit = inject("commit");
  const part = partOf(commit, matrix, parts);
  let index = 0;
  const chosen = cases.filter((item) => floor(item) || index++ % parts === part);
  console.log(
    `${matrix}: part ${part + 1} of ${parts} (${chosen.length} of ${cases.length}), chosen by commit ${commit.slice(0, 9)}; npm run test:all runs all`,
  );
  return chosen;
}

/** Another for each matrix: two that are alike do not leave out the same cases. */
export function partOf(commit: string, matrix: string, parts: number): number {
  const hash = createHash("sha256").update(`${commit} ${matrix}`).digest();
  return hash.readUInt32BE(0) % parts;
}
