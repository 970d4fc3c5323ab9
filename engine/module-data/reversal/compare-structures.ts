import { createHash } from "node:crypto";
import type { Described } from "../snapshots/structure/read-structure.ts";
import type { StructureObject } from "../snapshots/structure/types.ts";

/** One thing that a database has, under a name that two databases can share. */
export interface Line {
  /** Catalogue and name. */
  id: string;
  sql: string;
  object: StructureObject;
}

/** By their ids, what others rest on first. */
export function linesOf({ objects }: Described): Map<string, Line> {
  return new Map(
    objects.filter(isCompared).map((object) => {
      const id = `${object.key.split("/")[0]} ${object.name}`;
      return [id, { id, sql: object.sql, object }];
    }),
  );
}

/** What a child inherits is told with its table. */
const isCompared = ({ key, sql }: StructureObject) => !(key.startsWith("attach/") && / INHERIT /.test(sql));

/** What `now` has more than `target` or otherwise, and what it lacks. */
export function differences(now: Map<string, Line>, target: Map<string, Line>) {
  const extra = [...now.values()].filter(({ id }) => !target.has(id));
  const changed = [...now.values()].filter(({ id, sql }) => target.has(id) && target.get(id)?.sql !== sql);
  const missing = [...target.values()].filter(({ id }) => !now.has(id));
  return { extra, changed, missing };
}

export function sameStructure(now: Map<string, Line>, target: Map<string, Line>): boolean {
  const { extra, changed, missing } = differences(now, target);
  return extra.length + changed.length + missing.length === 0;
}

/** Equal for equal structures, whatever the order of columns. */
export function structureDigest(lines: Map<string, Line>): string {
  const hash = createHash("sha256");
  for (const line of [...lines.values()].map(({ id, sql }) => `${id}\n${sql}\n`).sort()) hash.update(line);
  return hash.digest("hex");
}
