/** One object of a database as the SQL that makes it. Keys are `catalogue oid/object oid`, as in pg_depend. */
export interface StructureObject {
  key: string;
  /** Catalogue rows that belong to it: array types, implicit indexes, a view's rule. */
  aliases: string[];
  /** Keys it must come after, besides what pg_depend says. */
  after: string[];
  /** Among objects that do not depend on each other, lower first. */
  rank: number;
  /** Qualified and quoted. */
  name: string;
  sql: string;
  /** It has to stand before rows can be loaded. */
  beforeRows: boolean;
  /** What stands in for it where it and another need each other. */
  stub: string | null;
  otherwise: Otherwise | null;
  /** The table or domain that it is on, where that matters when it fails. */
  on: string | null;
  /** Takes it away again, should rows not pass it. */
  undo: string | null;
  /** A column or NOT NULL that a parent has as well, and that is changed there. */
  inherited?: boolean;
}

/**
 * What is done with what rows do not allow any more, or a function that reads others' rows: a constraint stands as NOT
 * VALID, an index is made on the empty table and the rows put in again, a materialised view is left empty.
 */
export type Otherwise = "not valid" | "rebuild" | "do without";

export interface Statement extends Pick<StructureObject, "name" | "sql"> {
  otherwise?: Otherwise;
  on?: string;
  undo?: string;
}

export const ranks = {
  schema: 1,
  extension: 2,
  type: 10,
  collation: 10,
  sequence: 15,
  function: 20,
  operator: 25,
  table: 30,
  attach: 35,
  default: 40,
  constraint: 50,
  index: 55,
  foreignKey: 60,
  view: 70,
  rule: 80,
  trigger: 85,
  policy: 90,
  setting: 95,
  refresh: 96,
  comment: 98,
} as const;
