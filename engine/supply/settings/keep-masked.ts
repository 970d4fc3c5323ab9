import { isObject, maskedSecret, matchEntries } from "../manifest/index.ts";
import { isListed, patternOf } from "./paths.ts";
import { isSealed, mapValues, maskSealed } from "./sealed.ts";
import type { Path, Values } from "./types.ts";

/**
 * Puts the stored secrets back where the mask was sent. `lost`: paths of masks in entries of a list that are none of the
 * stored ones, whose secret would go to the wrong place. Any other mask that stands for nothing stays: by the schema it
 * may be a text like others.
 */
export function keepMasked(
  sent: Values,
  stored: Values,
  secrets: readonly string[],
): { values: Values; lost: Path[] } {
  const lost: Path[] = [];
  return { values: keep({ secrets, lost }, { sent, stored }, []) as Values, lost };
}

interface Keeping {
  secrets: readonly string[];
  lost: Path[];
}

function keep(keeping: Keeping, { sent, stored }: { sent: unknown; stored: unknown }, path: Path): unknown {
  if (sent === maskedSecret) {
    if (isSealed(stored)) return stored;
    if (isListed(path) && keeping.secrets.includes(patternOf(path))) keeping.lost.push(path);
    return sent;
  }
  if (isSealed(sent)) return sent;
  if (Array.isArray(sent)) {
    const before = Array.isArray(stored) ? stored : [];
    const hidden = sent.map((entry, i) => hide(keeping, entry, [...path, i]));
    const storedMasked = before.map((entry) => (maskSealed({ entry }) as { entry: unknown }).entry);
    const matched = matchEntries({ sent, sentMasked: hidden, storedMasked }, maskedSecret);
    return sent.map((entry, i) => {
      const index = matched[i] ?? null;
      return keep(keeping, { sent: entry, stored: index === null ? undefined : before[index] }, [...path, i]);
    });
  }
  if (!isObject(sent)) return sent;
  return Object.fromEntries(
    Object.entries(sent).map(([key, value]) => {
      const before =
        isObject(stored) && !isSealed(stored) && Object.hasOwn(stored, key) ? stored[key] : undefined;
      return [key, keep(keeping, { sent: value, stored: before }, [...path, key])];
    }),
  );
}

/** A secret that was typed looks like one that was kept. */
function hide({ secrets }: Keeping, entry: unknown, path: Path): unknown {
  return mapValues(
    entry,
    (value, at) =>
      secrets.includes(patternOf(at)) && value !== undefined && value !== "" ? { is: maskedSecret } : null,
    path,
  );
}
