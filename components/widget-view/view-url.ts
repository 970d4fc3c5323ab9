/** The endpoint with the settings of an instance as its query: a list repeats its name, an object is JSON. */
export function viewUrl(url: string, config: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(config)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each === null || each === undefined) continue;
      query.append(name, typeof each === "object" ? JSON.stringify(each) : String(each));
    }
  }
  const search = query.toString();
  return search === "" ? url : `${url}?${search}`;
}
