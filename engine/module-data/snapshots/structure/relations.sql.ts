import { hostPolicy, own } from "./scope.sql.ts";
import { ranks } from "./types.ts";

const onTable = (alias: string) => `ARRAY['pg_class'::regclass::oid || '/' || ${alias}]`;

export const defaultsSql = `
SELECT 'pg_attrdef'::regclass::oid || '/' || d.oid AS key, ${ranks.default} AS rank, format('%s.%I', c.oid::regclass, a.attname) AS name,
  ${onTable("c.oid")} AS after,
  format('ALTER %s %s ALTER COLUMN %I SET DEFAULT %s', CASE c.relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE ONLY' END, c.oid::regclass, a.attname, pg_get_expr(d.adbin, d.adrelid)) AS sql
FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE ${own("pg_class", "c.oid")} AND a.attgenerated = ''`;

/**
 * Constraints in PostgreSQL's own words. What a partition or child has from its parent comes with the parent's, but
 * for unique ones, whose indexes are made one by one and attached.
 */
export const constraintsSql = `
SELECT 'pg_constraint'::regclass::oid || '/' || k.oid AS key, CASE k.contype WHEN 'f' THEN ${ranks.foreignKey} ELSE ${ranks.constraint} END AS rank,
  format('%s.%I', k.conrelid::regclass, k.conname) AS name,
  CASE WHEN k.conindid <> 0 AND k.contype IN ('p', 'u', 'x') THEN ARRAY['pg_class'::regclass::oid || '/' || k.conindid] ELSE '{}' END AS aliases,
  ${onTable("k.conrelid")} || CASE WHEN k.contype = 'f' AND k.confrelid <> k.conrelid THEN ${onTable("k.confrelid")} ELSE '{}' END
    || ARRAY(SELECT 'attach/' || i.inhrelid FROM pg_inherits i WHERE i.inhparent = k.conrelid AND k.contype IN ('c', 'f')) AS after,
  format('ALTER TABLE %s%s ADD CONSTRAINT %I %s', CASE WHEN k.contype IN ('p', 'u', 'x') THEN 'ONLY ' ELSE '' END, k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid))
  || CASE WHEN x.reloptions IS NOT NULL AND k.contype IN ('p', 'u', 'x') THEN format('; ALTER INDEX %s SET (%s)', k.conindid::regclass, array_to_string(x.reloptions, ', ')) ELSE '' END AS sql,
  CASE WHEN k.contype IN ('c', 'f') THEN 'not valid' WHEN c.relkind = 'r' THEN 'rebuild' END AS otherwise, CASE WHEN c.relkind = 'r' AND k.contype IN ('p', 'u', 'x') THEN c.oid::regclass::text END AS "on"
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_class x ON x.oid = k.conindid
WHERE ${own("pg_class", "c.oid")} AND k.contype IN ('p', 'u', 'x', 'c', 'f')
  AND NOT (k.contype = 'f' AND k.conparentid <> 0) AND NOT (k.contype = 'c' AND NOT k.conislocal)
UNION ALL
SELECT 'pg_constraint'::regclass::oid || '/' || k.oid, ${ranks.constraint}, format('%s.%I', k.conrelid::regclass, k.conname), '{}', ${onTable("k.conrelid")},
  format('ALTER TABLE ONLY %s ADD CONSTRAINT %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)), NULL, NULL
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${own("pg_class", "c.oid")} AND k.contype = 'n' AND NOT k.convalidated AND k.conislocal`;

export const indexesSql = `
SELECT 'pg_class'::regclass::oid || '/' || i.indexrelid AS key, ${ranks.index} AS rank, i.indexrelid::regclass::text AS name, ${onTable("i.indrelid")} AS after,
  pg_get_indexdef(i.indexrelid) AS sql, CASE t.relkind WHEN 'r' THEN 'rebuild' END AS otherwise, CASE t.relkind WHEN 'r' THEN t.oid::regclass::text END AS "on"
FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE ${own("pg_class", "t.oid")} AND i.indisvalid AND t.relkind IN ('r', 'p', 'm')
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x') AND k.conrelid = i.indrelid)
UNION ALL
SELECT 'attach/' || i.inhrelid, ${ranks.index} + 1, i.inhrelid::regclass::text,
  ARRAY['pg_class'::regclass::oid || '/' || i.inhparent, 'pg_class'::regclass::oid || '/' || i.inhrelid, 'attach/' || x.indrelid],
  format('ALTER INDEX %s ATTACH PARTITION %s', i.inhparent::regclass, i.inhrelid::regclass), NULL, NULL
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_index x ON x.indexrelid = i.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${own("pg_class", "x.indrelid")} AND c.relkind IN ('i', 'I')
UNION ALL
SELECT 'pg_statistic_ext'::regclass::oid || '/' || s.oid, ${ranks.index} + 2, format('%I.%I', n.nspname, s.stxname), ${onTable("s.stxrelid")},
  pg_get_statisticsobjdef(s.oid)
  || CASE WHEN (to_jsonb(s)->>'stxstattarget')::int >= 0 THEN format('; ALTER STATISTICS %I.%I SET STATISTICS %s', n.nspname, s.stxname, to_jsonb(s)->>'stxstattarget') ELSE '' END, NULL, NULL
FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE ${own("pg_statistic_ext", "s.oid")}`;

/** With a stub of the same columns for each view: a function may return its rows while the view calls the function. */
export const viewsSql = `
SELECT 'pg_class'::regclass::oid || '/' || c.oid AS key, ${ranks.view} AS rank, c.oid::regclass::text AS name,
  ARRAY['pg_type'::regclass::oid || '/' || c.reltype]
    || ARRAY(SELECT 'pg_rewrite'::regclass::oid || '/' || r.oid FROM pg_rewrite r WHERE r.ev_class = c.oid AND r.rulename = '_RETURN') AS aliases,
  format('CREATE %sVIEW %s (%s)%s AS %s%s', CASE c.relkind WHEN 'm' THEN 'MATERIALIZED ' ELSE '' END, c.oid::regclass,
    (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
    coalesce(' WITH (' || array_to_string(c.reloptions, ', ') || ')', ''), rtrim(pg_get_viewdef(c.oid), ';'),
    CASE c.relkind WHEN 'm' THEN ' WITH NO DATA' ELSE '' END) AS sql,
  CASE c.relkind WHEN 'v' THEN format('CREATE VIEW %s AS SELECT %s', c.oid::regclass,
    (SELECT string_agg(format('NULL::%s%s AS %I', format_type(a.atttypid, a.atttypmod), collation_of.sql, a.attname), ', ' ORDER BY a.attnum)
     FROM pg_attribute a JOIN pg_type b ON b.oid = a.atttypid
     CROSS JOIN LATERAL (SELECT coalesce((SELECT format(' COLLATE %I.%I', cn.nspname, co.collname) FROM pg_collation co
       JOIN pg_namespace cn ON cn.oid = co.collnamespace WHERE co.oid = a.attcollation AND a.attcollation <> b.typcollation), '') AS sql) collation_of
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)) END AS stub
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${own("pg_class", "c.oid")} AND c.relkind IN ('v', 'm')`;

/** In the order they were made: a materialised view may stand on another. */
export const refreshSql = `
SELECT 'refresh/' || c.oid AS key, ${ranks.refresh} AS rank, lpad(c.oid::text, 12, '0') AS name,
  format('REFRESH MATERIALIZED VIEW %s', c.oid::regclass) AS sql, 'do without' AS otherwise
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${own("pg_class", "c.oid")} AND c.relkind = 'm' AND c.relispopulated`;

const enabled = ({ table, column, kind, name }: Record<"table" | "column" | "kind" | "name", string>) => `
  CASE ${column} WHEN 'O' THEN '' ELSE format('; ALTER TABLE %s %s ${kind} %I', ${table}::regclass,
    CASE ${column} WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, ${name}) END`;

/** Rules, triggers and policies: what acts on rows, and so stands only after they are loaded. */
export const behaviourSql = `
SELECT 'pg_rewrite'::regclass::oid || '/' || r.oid AS key, ${ranks.rule} AS rank, format('%s.%I', c.oid::regclass, r.rulename) AS name, ${onTable("c.oid")} AS after,
  rtrim(pg_get_ruledef(r.oid), ';') || ${enabled({ table: "c.oid", column: "r.ev_enabled", kind: "RULE", name: "r.rulename" })} AS sql
FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${own("pg_class", "c.oid")} AND r.rulename <> '_RETURN'
UNION ALL
SELECT 'pg_trigger'::regclass::oid || '/' || t.oid, ${ranks.trigger}, format('%s.%I', c.oid::regclass, t.tgname), ${onTable("c.oid")}
    || ARRAY(SELECT 'attach/' || i.inhrelid FROM pg_inherits i WHERE i.inhparent = c.oid),
  pg_get_triggerdef(t.oid) || ${enabled({ table: "c.oid", column: "t.tgenabled", kind: "TRIGGER", name: "t.tgname" })}
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${own("pg_class", "c.oid")} AND NOT t.tgisinternal AND t.tgparentid = 0
UNION ALL
SELECT 'trigger-of/' || t.oid, ${ranks.setting}, format('%s.%I', c.oid::regclass, t.tgname), '{}',
  format('ALTER TABLE %s %s TRIGGER %I', c.oid::regclass, CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE' END, t.tgname)
FROM pg_trigger t JOIN pg_trigger p ON p.oid = t.tgparentid JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${own("pg_class", "c.oid")} AND NOT t.tgisinternal AND t.tgenabled <> p.tgenabled
UNION ALL
SELECT 'pg_policy'::regclass::oid || '/' || p.oid, ${ranks.policy}, format('%s.%I', c.oid::regclass, p.polname), ${onTable("c.oid")},
  format('CREATE POLICY %I ON %s AS %s FOR %s TO %s', p.polname, c.oid::regclass, CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
    CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
    (SELECT string_agg(CASE role WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(role)) END, ', ') FROM unnest(p.polroles) role))
  || coalesce(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', '') || coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${own("pg_class", "c.oid")} AND p.polname <> '${hostPolicy}'`;

/** PostgreSQL names any object in the words that COMMENT ON takes, but for a few kinds. */
// The system's own objects, below 16384, have 5,000 comments; extensions have those that they come with.
export const commentsSql = `
SELECT 'comment/' || d.classoid || '/' || d.objoid || '/' || d.objsubid AS key, ${ranks.comment} AS rank, o.identity AS name,
  format('COMMENT ON %s %s IS %L', CASE o.type
      WHEN 'table column' THEN 'COLUMN' WHEN 'view column' THEN 'COLUMN' WHEN 'materialized view column' THEN 'COLUMN' WHEN 'composite type column' THEN 'COLUMN'
      WHEN 'composite type' THEN 'TYPE' WHEN 'table constraint' THEN 'CONSTRAINT' WHEN 'domain constraint' THEN 'CONSTRAINT'
      WHEN 'statistics object' THEN 'STATISTICS' ELSE upper(o.type) END,
    CASE o.type WHEN 'domain constraint' THEN (SELECT format('%I ON DOMAIN %s', k.conname, k.contypid::regtype) FROM pg_constraint k WHERE k.oid = d.objoid)
      ELSE o.identity END, d.description) AS sql, 'do without' AS otherwise
FROM pg_description d CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) o
WHERE d.objoid >= 16384 AND (o.schema IS NULL OR (o.schema !~ '^pg_' AND o.schema <> 'information_schema'))
  AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e')
  AND NOT (o.type = 'policy' AND starts_with(o.identity, '${hostPolicy} on '))
  AND NOT (o.type = 'extension' AND d.description = (SELECT x.comment FROM pg_available_extensions x WHERE format('%I', x.name) = o.identity))
UNION ALL
SELECT 'comment/public', ${ranks.comment}, 'public', format('COMMENT ON SCHEMA public IS %L', obj_description(n.oid, 'pg_namespace')), 'do without'
FROM pg_namespace n WHERE n.nspname = 'public' AND obj_description(n.oid, 'pg_namespace') IS DISTINCT FROM 'standard public schema'`;
