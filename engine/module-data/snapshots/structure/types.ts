/** One object of a schema as the SQL that makes it. Keys are `catalogue oid/object oid`, as in pg_depend. */
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
  holdsRows: boolean;
}

export const ranks = {
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
