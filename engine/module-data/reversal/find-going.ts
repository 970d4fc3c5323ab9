import type { Edge } from "../snapshots/structure/order-structure.ts";
import type { Described } from "../snapshots/structure/read-structure.ts";
import { ranks, type StructureObject } from "../snapshots/structure/types.ts";
import { isColumn, readColumn } from "./columns.ts";
import { differences, type Line, linesOf } from "./compare-structures.ts";
import { catalogueOf, isReplaceable, isStateless } from "./drop-sql.ts";

/** What cannot stay as it is on the way back. */
export interface Going {
  /** With all that stands on them; what the older version has of them comes back. */
  objects: Set<StructureObject>;
  /** Types that are made anew beside themselves, for columns to change over. */
  exchanged: Set<StructureObject>;
  /** Columns that change their type, and those that go or are made anew, by their lines' ids. */
  altered: Set<string>;
  dropped: Set<string>;
}

const isType = ({ rank, key }: StructureObject) => rank === ranks.type && key.startsWith("1247/");

export function findGoing(now: Described, edges: Edge[], target: Map<string, Line>): Going {
  const lines = linesOf(now);
  const { extra, changed } = differences(lines, target);
  const going: Going = { objects: new Set(), exchanged: new Set(), altered: new Set(), dropped: new Set() };
  const gone = new Set<StructureObject>();
  const columns = [...lines.values()].filter(isColumn);
  const columnOf = new Map(columns.map((line) => [line.object, line]));
  for (const { object, id } of extra) {
    if (id.startsWith("column-of ")) going.dropped.add(id);
    if (isStateless(object)) going.objects.add(object);
    gone.add(object);
  }
  for (const table of now.build)
    if (table.rank === ranks.table && !target.has(`table ${table.name}`)) {
      going.objects.add(table);
      gone.add(table);
    }
  for (const line of changed) change(line);
  spread();
  return going;

  function change(line: Line): void {
    const { object, id } = line;
    const then = target.get(id) as Line;
    if (isColumn(line)) {
      const [is, was] = [readColumn(line), readColumn(then)];
      if (is.generated !== was.generated || (is.generated && is.type !== was.type)) going.dropped.add(id);
      else if (is.type !== was.type) going.altered.add(id);
      else return;
    } else if (isType(object)) going.exchanged.add(object);
    else if (isStateless(object) && !isReplaceable(object, then.object)) going.objects.add(object);
    else return;
    gone.add(object);
  }

  /** Until nothing stands on anything that goes. */
  function spread(): void {
    const needs = needsWithColumns(now, edges);
    for (let size = -1; size !== gone.size; ) {
      size = gone.size;
      for (const object of [...columnOf.keys(), ...now.build]) {
        if (gone.has(object)) continue;
        const held = [...(needs.get(object) ?? [])].filter((other) => gone.has(other));
        if (held.length > 0 && follow(object, held)) gone.add(object);
      }
    }
  }

  function follow(object: StructureObject, held: StructureObject[]): boolean {
    const line = columnOf.get(object);
    if (line) {
      if (readColumn(line).generated) going.dropped.add(line.id);
      else if (held.some((other) => going.exchanged.has(other))) going.altered.add(line.id);
      else return false;
    } else if (isType(object)) {
      if (!held.some((other) => going.exchanged.has(other)) || !target.has(`1247 ${object.name}`))
        return false;
      going.exchanged.add(object);
    } else if (isStateless(object) && catalogueOf(object) !== "comment") going.objects.add(object);
    else return false;
    return true;
  }
}

function needsWithColumns(now: Described, edges: Edge[]): Map<StructureObject, Set<StructureObject>> {
  const byKey = new Map<string, StructureObject>();
  for (const object of [...now.build, ...now.objects.filter(({ key }) => key.startsWith("column-of/"))])
    for (const key of [object.key, ...object.aliases]) byKey.set(key, object);
  const needs = new Map([...now.needs].map(([object, others]) => [object, new Set(others)]));
  for (const { from, to } of edges) {
    const [one, other] = [byKey.get(from), byKey.get(to)];
    if (one && other && one !== other) needs.set(one, (needs.get(one) ?? new Set()).add(other));
  }
  return needs;
}
