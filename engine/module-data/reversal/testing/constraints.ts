import type { Construct } from "./construct.ts";

export const constraints: Construct[] = [
  { title: "a check made", upgrade: "ALTER TABLE @item ADD CONSTRAINT @k CHECK (n > 0)" },
  {
    title: "a check dropped",
    had: "ALTER TABLE @item ADD CONSTRAINT @k CHECK (n > 0)",
    upgrade: "ALTER TABLE @item DROP CONSTRAINT @k",
  },
  {
    title: "a check that says something else",
    had: "ALTER TABLE @item ADD CONSTRAINT @k CHECK (n > 0)",
    upgrade: "ALTER TABLE @item DROP CONSTRAINT @k, ADD CONSTRAINT @k CHECK (n > -1) NO INHERIT",
  },
  {
    title: "a check that is valid now",
    had: "ALTER TABLE @item ADD CONSTRAINT @k CHECK (n > 0) NOT VALID",
    upgrade: "ALTER TABLE @item VALIDATE CONSTRAINT @k",
  },
  { title: "a unique constraint made", upgrade: "ALTER TABLE @item ADD CONSTRAINT @k UNIQUE (title)" },
  {
    title: "a unique constraint dropped",
    had: "ALTER TABLE @item ADD CONSTRAINT @k UNIQUE NULLS NOT DISTINCT (title) INCLUDE (n) DEFERRABLE",
    upgrade: "ALTER TABLE @item DROP CONSTRAINT @k",
  },
  {
    title: "another primary key",
    upgrade:
      "ALTER TABLE @item DROP CONSTRAINT @item_pkey, ADD CONSTRAINT @item_pkey PRIMARY KEY (id, title)",
  },
  {
    title: "a primary key made",
    had: "CREATE TABLE @bare (x int NOT NULL)",
    upgrade: "ALTER TABLE @bare ADD CONSTRAINT @k PRIMARY KEY (x)",
  },
  {
    title: "an exclusion dropped",
    had: "ALTER TABLE @item ADD span int4range; ALTER TABLE @item ADD CONSTRAINT @k EXCLUDE USING gist (span WITH &&) WHERE (n > 0)",
    upgrade: "ALTER TABLE @item DROP CONSTRAINT @k",
  },
  {
    title: "a foreign key made",
    upgrade:
      "CREATE TABLE @part (item int REFERENCES @item ON DELETE CASCADE); ALTER TABLE @item ADD up int REFERENCES @item",
  },
  {
    title: "a foreign key dropped",
    had: `CREATE TABLE @part (item int CONSTRAINT @f REFERENCES @item ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED)`,
    upgrade: "ALTER TABLE @part DROP CONSTRAINT @f",
  },
  {
    title: "a foreign key that acts otherwise",
    had: "CREATE TABLE @part (item int CONSTRAINT @f REFERENCES @item)",
    upgrade:
      "ALTER TABLE @part DROP CONSTRAINT @f, ADD CONSTRAINT @f FOREIGN KEY (item) REFERENCES @item ON DELETE CASCADE NOT VALID",
  },
  {
    title: "a foreign key that can wait",
    had: "CREATE TABLE @part (item int CONSTRAINT @f REFERENCES @item)",
    upgrade: "ALTER TABLE @part ALTER CONSTRAINT @f DEFERRABLE INITIALLY DEFERRED",
  },
  {
    title: "a foreign key to a unique constraint that went",
    had: `ALTER TABLE @item ADD CONSTRAINT @k UNIQUE (title); CREATE TABLE @part (item text CONSTRAINT @f REFERENCES @item (title));
      INSERT INTO @part VALUES ('a')`,
    upgrade: "ALTER TABLE @part DROP CONSTRAINT @f; ALTER TABLE @item DROP CONSTRAINT @k",
  },
  {
    title: "comments",
    had: "COMMENT ON TABLE @item IS 'things'; COMMENT ON COLUMN @item.n IS 'how many'; CREATE VIEW @v AS SELECT 1 AS x; COMMENT ON VIEW @v IS 'one'",
    upgrade: `COMMENT ON TABLE @item IS NULL; COMMENT ON COLUMN @item.n IS 'it''s otherwise'; COMMENT ON COLUMN @item.title IS 'new';
      COMMENT ON CONSTRAINT @item_pkey ON @item IS E'key\\\\n'; COMMENT ON COLUMN @v.x IS 'number'; COMMENT ON SCHEMA public IS 'mine'`,
  },
];
