export interface GenerationChange {
  kind: "added" | "removed" | "changed";
  name: string;
  /** "1.0.0", "1.0.0 → 1.1.0". */
  text: string;
}

interface Entry {
  name: string;
  version: string;
  digest: string;
}

/** What a generation holds otherwise than the one before it, by name. */
export function compareGenerations(before: readonly Entry[], after: readonly Entry[]): GenerationChange[] {
  const old = new Map(before.map((module) => [module.name, module]));
  const changes: GenerationChange[] = [];
  for (const module of after) {
    const previous = old.get(module.name);
    old.delete(module.name);
    if (previous === undefined) changes.push({ kind: "added", name: module.name, text: module.version });
    else if (previous.digest !== module.digest) {
      const same = previous.version === module.version;
      const text = same ? `${module.version}, other files` : `${previous.version} → ${module.version}`;
      changes.push({ kind: "changed", name: module.name, text });
    }
  }
  for (const module of old.values())
    changes.push({ kind: "removed", name: module.name, text: module.version });
  return changes.sort((a, b) => a.name.localeCompare(b.name));
}
