/** `{ "$flag": ["new-editor", ["on"]] }`: true where another flag gives one of these variants. Graft's one addition to flagd. */
export interface Requirement {
  flag: string;
  variants: string[];
}

export function writeRequirement({ flag, variants }: Requirement): { $flag: [string, string[]] } {
  return { $flag: [flag, variants] };
}

/** Null: something else. */
export function readRequirement(logic: unknown): Requirement | null {
  if (typeof logic !== "object" || logic === null || Array.isArray(logic)) return null;
  const args = (logic as { $flag?: unknown }).$flag;
  if (!Array.isArray(args) || args.length !== 2 || Object.keys(logic).length !== 1) return null;
  const [flag, variants] = args as unknown[];
  if (typeof flag !== "string" || !Array.isArray(variants) || variants.length === 0) return null;
  return variants.every((variant) => typeof variant === "string") ? { flag, variants } : null;
}
