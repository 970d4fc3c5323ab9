import semver from "semver";

type Version = semver.SemVer;

/** flagd's `sem_ver`: null when a side is no version or the operator is unknown. */
export function compareVersions(left: unknown, operator: string, right: unknown): boolean | null {
  const a = readVersion(left);
  const b = readVersion(right);
  return a === null || b === null ? null : answer(a, operator, b);
}

/** `v1.2.3`, `1.2` and the number 1 are versions too. */
export function readVersion(raw: unknown): Version | null {
  const text = String(raw).replace(/^[vV]/, "");
  const strict = semver.parse(text);
  if (strict !== null) return strict;
  return /^\d+(\.\d+)?$/.test(text) ? semver.coerce(text) : null;
}

export function answer(a: Version, operator: string, b: Version): boolean | null {
  if (operator === "^") return a.major === b.major;
  if (operator === "~") return a.major === b.major && a.minor === b.minor;
  const order = semver.compare(a, b);
  if (operator === "=") return order === 0;
  if (operator === "!=") return order !== 0;
  if (operator === "<") return order < 0;
  if (operator === "<=") return order <= 0;
  if (operator === ">=") return order >= 0;
  if (operator === ">") return order > 0;
  return null;
}
