export type Fields = Record<string, unknown>;

/** Visits every object of a parse tree with the key it stands under: the node's kind, or the field where the kind is fixed. */
export function walk(value: unknown, visit: (key: string, fields: Fields) => void, key = ""): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit, key);
  } else if (value !== null && typeof value === "object") {
    visit(key, value as Fields);
    for (const name in value) walk((value as Fields)[name], visit, name);
  }
}

/** The texts of a list of String nodes: the parts of a qualified name. */
export function nameParts(list: unknown): string[] {
  const items = Array.isArray(list) ? list : ((list as { items?: unknown[] } | undefined)?.items ?? []);
  return items.flatMap((item) => {
    const text = (item as { String?: { sval?: string } }).String?.sval;
    return text === undefined ? [] : [text];
  });
}

export function constantText(node: unknown): string | undefined {
  return (node as { A_Const?: { sval?: { sval?: string } } } | undefined)?.A_Const?.sval?.sval;
}

export interface DefElem {
  defname: string;
  arg?: Fields;
}

export function defElems(list: unknown): DefElem[] {
  return (Array.isArray(list) ? list : []).flatMap((item) => {
    const elem = (item as { DefElem?: DefElem }).DefElem;
    return elem ? [elem] : [];
  });
}
