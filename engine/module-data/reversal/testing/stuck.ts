import type { StuckConstruct } from "./construct.ts";

const roles = "CREATE TYPE @e AS ENUM ('a', 'b'); ALTER TABLE @item ADD e @e DEFAULT 'a'";

export const stuck: StuckConstruct[] = [
  {
    title: "a column comes back that may not be empty",
    had: "CREATE TABLE @task (id int PRIMARY KEY, role text NOT NULL); INSERT INTO @task VALUES (1, 'a')",
    upgrade: "ALTER TABLE @task DROP COLUMN role",
    since: "INSERT INTO @task VALUES (2)",
    stuck: /the column @task\.role comes back, which may not be empty, and 2 rows have nothing to put there/,
    mended: "DELETE FROM @task",
  },
  {
    title: "a column may not be empty again, and is called otherwise",
    upgrade: "ALTER TABLE @item ALTER title DROP NOT NULL; ALTER TABLE @item RENAME title TO heading",
    since: "INSERT INTO @item VALUES (3, NULL, 3), (4, NULL, 4)",
    stuck: /2 rows have nothing in @item\.title, which may not be empty/,
  },
  {
    title: "a check comes back",
    had: "ALTER TABLE @item ADD CONSTRAINT @k CHECK (n > 0)",
    upgrade:
      "ALTER TABLE @item DROP CONSTRAINT @k; ALTER TABLE @item RENAME n TO amount; ALTER TABLE @item RENAME TO @thing",
    since: "INSERT INTO @thing VALUES (3, 'c', -3)",
    stuck: /1 row fails @k of @item, which comes back/,
    mended: "DELETE FROM @thing WHERE id > 2",
  },
  {
    title: "a unique constraint comes back",
    had: "ALTER TABLE @item ADD CONSTRAINT @k UNIQUE (title)",
    upgrade: "ALTER TABLE @item DROP CONSTRAINT @k",
    since: "INSERT INTO @item VALUES (3, 'a', 3), (4, 'a', 3)",
    stuck: /2 rows repeat another, against @k of @item/,
  },
  {
    title: "a unique index on an expression of some rows comes back",
    had: "CREATE UNIQUE INDEX @i ON @item (lower(title), (n + 1) DESC) INCLUDE (id) WHERE n > 1",
    upgrade: "DROP INDEX @i",
    since: "INSERT INTO @item VALUES (3, 'B', 2), (4, 'A', 1)",
    stuck: /1 row repeats another, against public\.@i of @item/,
  },
  {
    title: "a narrower primary key comes back",
    upgrade:
      "ALTER TABLE @item DROP CONSTRAINT @item_pkey, ADD CONSTRAINT @item_pkey PRIMARY KEY (id, title)",
    since: "INSERT INTO @item VALUES (2, 'c', 3)",
    stuck: /1 row repeats another, against @item_pkey/,
    mended: "DELETE FROM @item WHERE title = 'c'",
  },
  {
    title: "a foreign key comes back",
    had: "CREATE TABLE @part (item int CONSTRAINT @f REFERENCES @item)",
    upgrade: "ALTER TABLE @part DROP CONSTRAINT @f",
    since: "INSERT INTO @part VALUES (1), (9), (NULL)",
    stuck: /1 row refers to what is not there, against @f of @part/,
    mended: "DELETE FROM @part WHERE item = 9",
  },
  {
    title: "an exclusion comes back",
    had: "ALTER TABLE @item ADD span int4range; ALTER TABLE @item ADD CONSTRAINT @k EXCLUDE USING gist (span WITH &&)",
    upgrade: "ALTER TABLE @item DROP CONSTRAINT @k",
    since: "INSERT INTO @item VALUES (3, 'c', 3, '[1,3)'), (4, 'd', 4, '[2,5)')",
    stuck: /2 rows exclude another, by @k of @item/,
  },
  {
    title: "a value of an enum is used",
    had: roles,
    upgrade: "ALTER TYPE @e ADD VALUE 'c'; ALTER TYPE @e RENAME VALUE 'b' TO 'z'",
    since: "INSERT INTO @item VALUES (3, 'c', 3, 'c'), (4, 'd', 4, 'z')",
    stuck: /1 row holds a value that the older version does not know in @item\.e/,
  },
  {
    title: "a value of an enum is used in a list",
    had: "CREATE TYPE @e AS ENUM ('a', 'b'); ALTER TABLE @item ADD list @e[]",
    upgrade: "ALTER TYPE @e ADD VALUE 'c'",
    since: "INSERT INTO @item VALUES (3, 'c', 3, '{a,c}')",
    stuck: /1 row holds a value that the older version does not know in @item\.list/,
  },
  {
    title: "text become an enum again",
    had: roles,
    upgrade: "ALTER TABLE @item ALTER e DROP DEFAULT, ALTER e TYPE text; DROP TYPE @e",
    since: "INSERT INTO @item VALUES (3, 'c', 3, 'free')",
    stuck: /1 row holds a value that the older version does not know in @item\.e/,
  },
  {
    title: "a number too large",
    upgrade: "ALTER TABLE @item ALTER n TYPE bigint",
    since: "INSERT INTO @item VALUES (3, 'c', 3000000000)",
    stuck: /1 row holds what is no integer in @item\.n/,
  },
  {
    title: "a number with a fraction",
    upgrade: "ALTER TABLE @item ALTER n TYPE numeric(12, 2)",
    since: "INSERT INTO @item VALUES (3, 'c', 3.5), (4, 'd', 4.00)",
    stuck: /1 row holds what is no integer in @item\.n/,
  },
  {
    title: "a text that is no number, and one too long",
    had: "ALTER TABLE @item ADD code varchar(3)",
    upgrade: "ALTER TABLE @item ALTER n TYPE text, ALTER code TYPE varchar(9)",
    since: "INSERT INTO @item VALUES (3, 'c', 'three', 'long')",
    stuck:
      /1 row holds what is no integer in @item\.n[\s\S]*1 row holds what is no character varying\(3\) in @item\.code/,
  },
  {
    title: "several values where there was one",
    had: "ALTER TABLE @item ADD tag text",
    upgrade: "ALTER TABLE @item ALTER tag TYPE text[] USING ARRAY[tag]",
    since: "INSERT INTO @item VALUES (3, 'c', 3, '{a,b}')",
    stuck: /1 row holds more than one value in @item\.tag/,
  },
];
