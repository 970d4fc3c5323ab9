/** How long a list in a context may be: what targeting does for each entry was counted with that when it was written. */
export const contextListMax = 1000;

/** Whether the context holds a longer list. One of fewer characters cannot, so that most need not be looked at. */
export function hasLongList(context: unknown, chars: number): boolean {
  return chars > 2 * contextListMax && isLong(context);
}

function isLong(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.length > contextListMax || value.some(isLong);
  return Object.values(value).some(isLong);
}
