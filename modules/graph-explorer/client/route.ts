/** `/entities/ID` is the address of an entity; any other path is the whole explorer. */
export function entityOfPath(path: string): string | null {
  const id = /^\/entities\/([^/?#]+)/.exec(path)?.[1];
  if (id === undefined) return null;
  try {
    return decodeURIComponent(id);
  } catch {
    return null;
  }
}

export function pathOfEntity(id: string | null): string {
  return id === null ? "/" : `/entities/${encodeURIComponent(id)}`;
}
