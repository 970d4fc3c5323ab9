import type { Construct } from "./construct.ts";

export const indexes: Construct[] = [
  { title: "a hash index made", upgrade: "CREATE INDEX @i ON @item USING hash (title)" },
  {
    title: "a hash index dropped",
    had: "CREATE INDEX @i ON @item USING hash (title)",
    upgrade: "DROP INDEX @i",
  },
  {
    title: "a B-tree index become a hash index",
    had: "CREATE INDEX @i ON @item (title)",
    upgrade: "DROP INDEX @i; CREATE INDEX @i ON @item USING hash (title)",
  },
  {
    title: "a GIN index",
    had: "ALTER TABLE @item ADD tags text[]",
    upgrade: "CREATE INDEX @i ON @item USING gin (tags)",
  },
  {
    title: "a GIN index with an operator class dropped",
    had: "ALTER TABLE @item ADD data jsonb; CREATE INDEX @i ON @item USING gin (data jsonb_path_ops)",
    upgrade: "DROP INDEX @i",
  },
  {
    title: "a GiST index dropped",
    had: "ALTER TABLE @item ADD span int4range; CREATE INDEX @i ON @item USING gist (span)",
    upgrade: "DROP INDEX @i",
  },
  {
    title: "an SP-GiST index dropped",
    had: "ALTER TABLE @item ADD place point; CREATE INDEX @i ON @item USING spgist (place)",
    upgrade: "DROP INDEX @i",
  },
  {
    title: "a BRIN index with parameters",
    had: "CREATE INDEX @i ON @item USING brin (n) WITH (pages_per_range = 16)",
    upgrade: "ALTER INDEX @i SET (pages_per_range = 64)",
  },
  {
    title: "a partial index that covers less",
    had: "CREATE INDEX @i ON @item (n) WHERE n > 0",
    upgrade: "DROP INDEX @i; CREATE INDEX @i ON @item (n) WHERE n > 10",
  },
  {
    title: "an index on an expression dropped",
    had: "CREATE INDEX @i ON @item (lower(title))",
    upgrade: "DROP INDEX @i",
  },
  { title: "a unique index made", upgrade: "CREATE UNIQUE INDEX @i ON @item (title)" },
  {
    title: "a unique index dropped",
    had: "CREATE UNIQUE INDEX @i ON @item (title) NULLS NOT DISTINCT",
    upgrade: "DROP INDEX @i",
  },
  {
    title: "a covering index dropped",
    had: "CREATE INDEX @i ON @item (n DESC NULLS LAST) INCLUDE (title)",
    upgrade: "DROP INDEX @i",
  },
  { title: "an index made concurrently", alone: ["CREATE INDEX CONCURRENTLY @i ON @item (n)"] },
  {
    title: "an index dropped concurrently",
    had: "CREATE INDEX @i ON @item (n)",
    alone: ["DROP INDEX CONCURRENTLY @i"],
  },
  {
    title: "an index's fillfactor and statistics",
    had: "CREATE INDEX @i ON @item ((n + 1)) WITH (fillfactor = 70)",
    upgrade: "ALTER INDEX @i RESET (fillfactor); ALTER INDEX @i ALTER COLUMN 1 SET STATISTICS 300",
  },
  {
    title: "extended statistics made",
    upgrade: "CREATE STATISTICS @s (dependencies) ON title, n FROM @item",
  },
  {
    title: "extended statistics dropped",
    had: "CREATE STATISTICS @s ON (n % 2), title FROM @item",
    upgrade: "DROP STATISTICS @s",
  },
];
