/**
 * Whether `If-None-Match` names the tag, so that 304 is the answer (RFC 9110, 13.1.2): a list is allowed, `*` names any,
 * and the comparison is the weak one, because a proxy that compresses makes `"x"` into `W/"x"`.
 */
export function matchesEntityTag(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === "*") return true;
  const opaque = tag.replace(/^W\//, "");
  return (ifNoneMatch.match(entityTag) ?? []).some((given) => given.replace(/^W\//, "") === opaque);
}

// What may stand between the quotes: RFC 9110, 8.8.3; a comma is one of it.
const entityTag = /(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g;
