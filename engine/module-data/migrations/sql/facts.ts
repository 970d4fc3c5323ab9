import { type Fields, nameParts } from "./walk.ts";

export interface ColumnFact {
  /** Name in pg_type: `varchar`, `numeric`. */
  type: string;
  /** As pg_attribute has it; -1 without. */
  typmod: number;
  notNull: boolean;
}

/** What the catalogues know and a statement does not say. */
export interface Facts {
  /** By `table.column`. */
  columns: ReadonlyMap<string, ColumnFact>;
  /** Names of unique indexes, and so of unique constraints. */
  uniqueIndexes: ReadonlySet<string>;
  /** Tables by the name of an index. */
  indexTables: ReadonlyMap<string, string>;
  /** Functions that answer differently for each row. */
  volatile: ReadonlySet<string>;
  /** Some constraint is checked only when a transaction ends. */
  deferred: boolean;
  /** Tables and indexes in partitions. */
  partitioned: ReadonlySet<string>;
}

export const noFacts: Facts = {
  columns: new Map(),
  uniqueIndexes: new Set(),
  indexTables: new Map(),
  volatile: new Set(),
  deferred: false,
  partitioned: new Set(),
};

/** Each header of `varchar` and `numeric` modifiers, as PostgreSQL adds it. */
const headerBytes = 4;

/**
 * Whether a column's new type takes every value as it is: nothing is rewritten, nothing read, nothing lost
 * (`ATColumnChangeRequiresRewrite` in PostgreSQL). `definition` is the ColumnDef of ALTER COLUMN TYPE.
 */
export function isWidening(column: ColumnFact | undefined, definition: Fields): boolean {
  if (!column || definition.raw_default !== undefined) return false;
  const { names, typmods, arrayBounds } = (definition.typeName ?? {}) as Fields;
  if (arrayBounds !== undefined) return false;
  const target = nameParts(names).at(-1) ?? "";
  const limits = (Array.isArray(typmods) ? typmods : []).map(
    (item) => ((item as { A_Const?: { ival?: { ival?: number } } }).A_Const?.ival?.ival ?? 0) as number,
  );
  const [first, scale = 0] = limits;
  if (target === "text") return column.type === "varchar" || column.type === "text";
  if (target === "varchar") {
    if (first === undefined) return column.type === "varchar" || column.type === "text";
    return column.type === "varchar" && column.typmod !== -1 && column.typmod - headerBytes <= first;
  }
  if (target !== "numeric" || column.type !== "numeric") return false;
  if (first === undefined) return true;
  if (column.typmod === -1) return false;
  const modifier = column.typmod - headerBytes;
  return (modifier & 0x7ff) === scale && modifier >> 16 <= first;
}
