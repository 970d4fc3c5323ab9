import { describeEveryday, type Everyday } from "../../testing/everyday.ts";

const copied = /adds a value to an enum, which \d+ uses/;
const kind =
  "CREATE TYPE stage AS ENUM ('draft', 'live'); CREATE TABLE page (id int PRIMARY KEY, stage stage NOT NULL DEFAULT 'draft');";
const added = "ALTER TYPE stage ADD VALUE 'gone';";
const rows = "INSERT INTO page VALUES (1, 'draft'), (2, 'live')";
const used = "UPDATE page SET stage = 'gone' WHERE id = 1;";

/** A value that a later migration uses, where something rests on a column of the type. */
const restingOn: [title: string, sql: string][] = [
  ["a view", "CREATE VIEW drafts AS SELECT id, stage FROM page WHERE stage = 'draft';"],
  ["a materialised view", "CREATE MATERIALIZED VIEW drafts AS SELECT id FROM page WHERE stage = 'draft';"],
  ["a CHECK", "ALTER TABLE page ADD COLUMN at date, ADD CHECK (stage <> 'live' OR at IS NULL);"],
  ["a partial index", "CREATE UNIQUE INDEX page_live ON page (id) WHERE stage = 'live';"],
  ["an index on an expression", "CREATE INDEX page_is_live ON page ((stage = 'live'));"],
  [
    "a trigger with a condition",
    `CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
     CREATE TRIGGER t BEFORE UPDATE OF stage ON page FOR EACH ROW WHEN (NEW.stage = 'live') EXECUTE FUNCTION note();`,
  ],
  ["a rule", "CREATE RULE keep AS ON DELETE TO page WHERE OLD.stage = 'live' DO INSTEAD NOTHING;"],
  [
    "a policy",
    "ALTER TABLE page ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON page USING (stage = 'live' OR true);",
  ],
  [
    "a generated column",
    "ALTER TABLE page ADD COLUMN is_live boolean GENERATED ALWAYS AS (stage = 'live') STORED;",
  ],
  [
    "a function",
    "CREATE FUNCTION is_live(s stage) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT s = 'live' $$;",
  ],
  [
    "a domain",
    "CREATE DOMAIN visible AS stage CHECK (VALUE <> 'draft'); CREATE TABLE shown (s visible); INSERT INTO shown VALUES ('live');",
  ],
  [
    "an array",
    "CREATE TABLE history (stages stage[] DEFAULT '{draft}'); INSERT INTO history DEFAULT VALUES;",
  ],
  [
    "a composite type",
    "CREATE TYPE change AS (before stage, after stage); CREATE TABLE changes (c change); INSERT INTO changes VALUES (ROW('draft', 'live'));",
  ],
  [
    "the key of its partitions",
    `CREATE TABLE part (stage stage) PARTITION BY LIST (stage); CREATE TABLE part_live PARTITION OF part FOR VALUES IN ('live');
     CREATE TABLE part_rest PARTITION OF part DEFAULT; INSERT INTO part VALUES ('live'), ('draft');`,
  ],
  ["statistics", "CREATE STATISTICS s ON id, stage FROM page;"],
  ["nothing", ""],
];

const histories: Everyday[] = [
  ...restingOn.map(
    ([title, sql]): Everyday => ({
      title: `a value that is used after it was added, with ${title} on the type`,
      files: [kind + sql, added, used],
      installed: 1,
      rows,
      copied,
    }),
  ),
  { title: "a value that nobody uses yet", files: [kind, added], installed: 1, rows },
  {
    title: "several values, in places of their own",
    files: [
      kind,
      "ALTER TYPE stage ADD VALUE 'new' BEFORE 'draft'; ALTER TYPE stage ADD VALUE IF NOT EXISTS 'live'; ALTER TYPE stage ADD VALUE 'old' AFTER 'live'",
    ],
    installed: 1,
    rows,
  },
  {
    title: "a literal of another table that only looks like the value",
    files: [
      `${kind}CREATE VIEW drafts AS SELECT stage FROM page; CREATE TABLE setting (name text);`,
      added,
      "INSERT INTO setting VALUES ('gone');",
    ],
    installed: 1,
    rows,
    copied,
  },
  {
    title: "a value used inside a block",
    files: [kind, added, `DO $$ BEGIN ${used} END $$;`],
    installed: 1,
    rows,
    copied,
  },
  {
    title: "a value used in an array",
    files: [
      `${kind}CREATE TABLE history (stages stage[]);`,
      added,
      "INSERT INTO history VALUES ('{live,gone}');",
    ],
    installed: 1,
    rows,
    copied,
  },
  {
    title: "a value that a column's text becomes",
    files: [
      `${kind}CREATE TABLE source (s text); INSERT INTO source VALUES ('gone');`,
      added,
      "UPDATE page SET stage = (SELECT s::stage FROM source);",
    ],
    installed: 1,
    rows,
    copied,
  },
  {
    title: "every value of the type",
    files: [
      `${kind}CREATE TABLE every (s stage);`,
      added,
      "INSERT INTO every SELECT unnest(enum_range(NULL::stage));",
    ],
    installed: 1,
    rows,
    copied,
  },
  {
    title: "a value as a default of a new table",
    files: [kind, added, "CREATE TABLE past (stage stage DEFAULT 'gone'); INSERT INTO past DEFAULT VALUES;"],
    installed: 1,
    rows,
    copied,
  },
  {
    title: "a value that has another name from now on",
    files: [
      `${kind}CREATE VIEW live AS SELECT id FROM page WHERE stage = 'live';`,
      "ALTER TYPE stage RENAME VALUE 'live' TO 'public';",
      "UPDATE page SET stage = 'public';",
    ],
    installed: 1,
    rows,
    copied: /renames the value live of stage to public/,
  },
  {
    title: "Prisma's exchange of an enum that loses a value",
    files: [
      kind,
      `BEGIN; CREATE TYPE stage_new AS ENUM ('draft'); ALTER TABLE page ALTER COLUMN stage DROP DEFAULT;
       ALTER TABLE page ALTER COLUMN stage TYPE stage_new USING ('draft'::text::stage_new);
       ALTER TYPE stage RENAME TO stage_old; ALTER TYPE stage_new RENAME TO stage; DROP TYPE stage_old;
       ALTER TABLE page ALTER COLUMN stage SET DEFAULT 'draft'; COMMIT;`,
    ],
    installed: 1,
    rows,
    copied: /begins or ends a transaction itself/,
  },
  {
    title: "a type that a block makes where it is missing, with a value that comes after",
    files: [
      "DO $$ BEGIN CREATE TYPE stage AS ENUM ('draft'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;",
      "ALTER TYPE stage ADD VALUE 'live';",
      "CREATE TABLE page (stage stage DEFAULT 'live'); INSERT INTO page DEFAULT VALUES;",
    ],
  },
  {
    title: "a new type with a value that comes after, in one version",
    files: [
      "CREATE TABLE page (id int);",
      "CREATE TYPE stage AS ENUM ('draft');",
      "ALTER TYPE stage ADD VALUE 'live';",
      "ALTER TABLE page ADD COLUMN stage stage DEFAULT 'live';",
    ],
    installed: 1,
    rows: "INSERT INTO page VALUES (1)",
  },
];

describeEveryday("enums", histories);
