/** `graft-20261122-233015`, in UTC; a second one in the same second gets a number. */
export function newBackupId(startedAt: string, taken: Iterable<string>): string {
  const [date = "", time = ""] = startedAt.slice(0, 19).replaceAll(/[-:]/g, "").split("T");
  const known = new Set(taken);
  const base = `graft-${date}-${time}`;
  for (let i = 0; ; i++) {
    const id = i === 0 ? base : `${base}-${i}`;
    if (!known.has(id)) return id;
  }
}

/** When it was begun, of an id or a name that begins with one. */
export function timeOfId(id: string): Date {
  const parts = /^graft-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)/.exec(id);
  if (!parts) return new Date(0);
  const [, year, month, day, hour, minute, second] = parts;
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`);
}
