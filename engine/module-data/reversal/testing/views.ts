import type { Construct } from "./construct.ts";

export const views: Construct[] = [
  { title: "a view made", upgrade: "CREATE VIEW @v AS SELECT id FROM @item" },
  {
    title: "a view dropped",
    had: "CREATE VIEW @v WITH (security_barrier) AS SELECT id, title AS t FROM @item WHERE n > 0 WITH LOCAL CHECK OPTION",
    upgrade: "DROP VIEW @v",
  },
  {
    title: "a view with another column, on which a view stands",
    had: "CREATE VIEW @v AS SELECT id FROM @item; CREATE VIEW @w AS SELECT id FROM @v",
    upgrade: "CREATE OR REPLACE VIEW @v AS SELECT id, title FROM @item",
  },
  {
    title: "a recursive view and one with a rule and a trigger dropped",
    had: `CREATE RECURSIVE VIEW @r (x) AS SELECT 1 UNION ALL SELECT x + 1 FROM @r WHERE x < 3; CREATE VIEW @v AS SELECT id FROM @item;
      CREATE FUNCTION @f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER t INSTEAD OF INSERT ON @v FOR EACH ROW EXECUTE FUNCTION @f(); CREATE RULE u AS ON DELETE TO @v DO INSTEAD NOTHING`,
    upgrade: "DROP VIEW @r, @v",
  },
  {
    title: "a view's default",
    had: "CREATE VIEW @v AS SELECT id, n FROM @item",
    upgrade: "ALTER VIEW @v ALTER n SET DEFAULT 4",
  },
  {
    title: "a materialised view dropped",
    had: "CREATE MATERIALIZED VIEW @m AS SELECT id, title FROM @item; CREATE UNIQUE INDEX @i ON @m (id)",
    upgrade: "DROP MATERIALIZED VIEW @m",
    reads: ["SELECT count(*)::int FROM @m", [[3]]],
  },
  {
    title: "a materialised view with another query",
    had: "CREATE MATERIALIZED VIEW @m AS SELECT id FROM @item; COMMENT ON MATERIALIZED VIEW @m IS 'ids'",
    upgrade: "DROP MATERIALIZED VIEW @m; CREATE MATERIALIZED VIEW @m AS SELECT n FROM @item",
    reads: ["SELECT count(id)::int FROM @m", [[3]]],
  },
  {
    title: "a policy made",
    upgrade: "ALTER TABLE @item ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON @item USING (n > 0)",
  },
  {
    title: "a policy dropped",
    had: "ALTER TABLE @item ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON @item AS RESTRICTIVE FOR UPDATE USING (n > 0) WITH CHECK (n > 1)",
    upgrade: "DROP POLICY p ON @item",
  },
  {
    title: "a policy with another condition",
    had: "ALTER TABLE @item ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON @item USING (n > 0)",
    upgrade: "ALTER POLICY p ON @item USING (n > -5)",
  },
  {
    title: "row security off and not forced any more",
    had: "ALTER TABLE @item ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; CREATE POLICY p ON @item USING (true)",
    upgrade: "ALTER TABLE @item DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY",
  },
  {
    title: "row security forced",
    had: "ALTER TABLE @item ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON @item USING (true)",
    upgrade: "ALTER TABLE @item FORCE ROW LEVEL SECURITY",
  },
  {
    title: "an extension made",
    upgrade: "CREATE EXTENSION citext; ALTER TABLE @item ADD mail citext; CREATE INDEX @i ON @item (mail)",
  },
  {
    title: "an extension dropped",
    had: "CREATE EXTENSION hstore; ALTER TABLE @item ADD pair hstore DEFAULT ''",
    upgrade: "ALTER TABLE @item DROP pair; DROP EXTENSION hstore",
    moves: true,
  },
  { title: "grants made", upgrade: "GRANT SELECT ON @item TO PUBLIC; GRANT UPDATE (n) ON @item TO PUBLIC" },
  {
    title: "grants taken",
    had: "GRANT SELECT ON @item TO PUBLIC; CREATE FUNCTION @f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    upgrade: "REVOKE SELECT ON @item FROM PUBLIC; REVOKE EXECUTE ON FUNCTION @f() FROM PUBLIC",
  },
  {
    title: "text search",
    had: "CREATE TEXT SEARCH CONFIGURATION @t (COPY = simple)",
    upgrade: "DROP TEXT SEARCH CONFIGURATION @t; CREATE TEXT SEARCH DICTIONARY @d (TEMPLATE = simple)",
  },
];
