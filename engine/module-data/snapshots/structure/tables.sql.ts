import { own } from "./scope.sql.ts";
import { ranks } from "./types.ts";

const sequenceOptions = (alias: string) => `
  format(' START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s %s', ${alias}.seqstart, ${alias}.seqincrement,
    ${alias}.seqmin, ${alias}.seqmax, ${alias}.seqcache, CASE WHEN ${alias}.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END)`;

/** Sequences of their own; those of identity columns come with their table. */
export const sequencesSql = `
SELECT 'pg_class'::regclass::oid || '/' || c.oid AS key, ${ranks.sequence} AS rank, format('%I.%I', n.nspname, c.relname) AS name,
  format('CREATE %sSEQUENCE %I.%I AS %s', CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END, n.nspname, c.relname, format_type(s.seqtypid, NULL))
  || ${sequenceOptions("s")} AS sql
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_sequence s ON s.seqrelid = c.oid
WHERE ${own("pg_class", "c.oid")} AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'i')
UNION ALL
SELECT 'owned/' || c.oid, ${ranks.setting}, format('%I.%I', n.nspname, c.relname),
  format('ALTER SEQUENCE %I.%I OWNED BY %s.%I', n.nspname, c.relname, d.refobjid::regclass, a.attname)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'a' AND d.refclassid = 'pg_class'::regclass
JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
WHERE ${own("pg_class", "c.oid")} AND c.relkind = 'S'`;

/** A column as CREATE TABLE takes it, of the attribute `a` of the relation `c`. */
const columnSql = `
  format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
  || coalesce((SELECT format(' COLLATE %I.%I', cn.nspname, co.collname) FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace
             JOIN pg_type b ON b.oid = a.atttypid WHERE co.oid = a.attcollation AND a.attcollation <> b.typcollation), '')
  || CASE WHEN a.attcompression <> '' THEN ' COMPRESSION ' || CASE a.attcompression WHEN 'l' THEN 'lz4' ELSE 'pglz' END ELSE '' END
  || CASE WHEN a.attgenerated <> '' THEN format(' GENERATED ALWAYS AS (%s) %s',
             (SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum),
             CASE a.attgenerated WHEN 's' THEN 'STORED' ELSE 'VIRTUAL' END) ELSE '' END
  || CASE WHEN a.attidentity <> '' THEN coalesce((SELECT format(' GENERATED %s AS IDENTITY (SEQUENCE NAME %s', CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, s.seqrelid::regclass)
             || ${sequenceOptions("s")} || ')'
             FROM pg_depend d JOIN pg_sequence s ON s.seqrelid = d.objid
             WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid = a.attnum AND d.deptype = 'i'), '') ELSE '' END
  || CASE WHEN a.attnotnull AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum]) THEN ' NOT NULL' ELSE '' END`;

/** Whether a table that inherits has its parents' columns first: another order comes from columns added later. */
const parentsFirst = `(c.relispartition OR (SELECT coalesce(array_agg(a.attname ORDER BY a.attnum), '{}') FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
  = (SELECT coalesce(array_agg(name ORDER BY parent, place), '{}') FROM (
      SELECT DISTINCT ON (name) name, parent, place FROM (
        SELECT a.attname AS name, i.inhseqno AS parent, a.attnum AS place FROM pg_inherits i JOIN pg_attribute a ON a.attrelid = i.inhparent AND a.attnum > 0 AND NOT a.attisdropped
        WHERE i.inhrelid = c.oid
        UNION ALL SELECT a.attname, 10000, a.attnum FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) every
      ORDER BY name, parent, place) firsts))`;
const ownColumns = "(a.attislocal OR c.relispartition OR NOT o.natural)";

/**
 * Tables with columns, NOT NULL, identity and generated expressions; nothing that rows would have to satisfy. A
 * partition is made alone and attached, an inheriting table has its own columns only.
 */
export const tablesSql = `
SELECT 'pg_class'::regclass::oid || '/' || c.oid AS key, ${ranks.table} AS rank, format('%I.%I', n.nspname, c.relname) AS name, true AS "beforeRows",
  ARRAY['pg_type'::regclass::oid || '/' || c.reltype, 'pg_type'::regclass::oid || '/' || (SELECT t.typarray FROM pg_type t WHERE t.oid = c.reltype)]
    || ARRAY(SELECT 'pg_attrdef'::regclass::oid || '/' || d.oid FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
             WHERE d.adrelid = c.oid AND a.attgenerated <> '')
    || ARRAY(SELECT 'pg_constraint'::regclass::oid || '/' || k.oid FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'n')
    || ARRAY(SELECT d.classid || '/' || d.objid FROM pg_depend d WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid
             AND d.classid = 'pg_class'::regclass AND d.deptype = 'i') AS aliases,
  CASE WHEN c.relispartition THEN ARRAY[]::text[] ELSE
    ARRAY(SELECT 'pg_class'::regclass::oid || '/' || i.inhparent FROM pg_inherits i WHERE i.inhrelid = c.oid) END AS after,
  format('CREATE %sTABLE %I.%I (%s)', CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END, n.nspname, c.relname,
    (SELECT coalesce(string_agg(part, ', ' ORDER BY place, part), '') FROM (
      SELECT a.attnum::int AS place, ${columnSql} AS part
      FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND ${ownColumns}
      UNION ALL
      SELECT 10000, format('CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid))
      FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'n' AND k.convalidated AND (k.conislocal OR c.relispartition OR NOT o.natural)) parts))
  || CASE WHEN c.relispartition OR NOT o.natural THEN '' ELSE coalesce((SELECT ' INHERITS (' || string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno) || ')'
       FROM pg_inherits i WHERE i.inhrelid = c.oid), '') END
  || CASE c.relkind WHEN 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(c.oid) ELSE '' END
  || coalesce(nullif(format(' WITH (%s)', concat_ws(', ', array_to_string(c.reloptions, ', '),
       (SELECT string_agg('toast.' || o, ', ') FROM pg_class t CROSS JOIN unnest(t.reloptions) o WHERE t.oid = c.reltoastrelid))), ' WITH ()'), '') AS sql
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN LATERAL (SELECT ${parentsFirst} AS natural) o
WHERE ${own("pg_class", "c.oid")} AND c.relkind IN ('r', 'p')
UNION ALL
SELECT 'attach/' || c.oid, ${ranks.attach}, c.oid::regclass::text, true, '{}',
  ARRAY(SELECT 'pg_class'::regclass::oid || '/' || i.inhparent FROM pg_inherits i WHERE i.inhrelid = c.oid) || ARRAY['pg_class'::regclass::oid || '/' || c.oid],
  (SELECT string_agg(format('ALTER TABLE ONLY %s INHERIT %s', c.oid::regclass, i.inhparent::regclass), '; ' ORDER BY i.inhseqno) FROM pg_inherits i WHERE i.inhrelid = c.oid)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${own("pg_class", "c.oid")} AND c.relkind IN ('r', 'p') AND EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid) AND NOT ${parentsFirst}
UNION ALL
SELECT 'attach/' || c.oid, ${ranks.attach}, c.oid::regclass::text, true, '{}',
  ARRAY['pg_class'::regclass::oid || '/' || i.inhparent, 'pg_class'::regclass::oid || '/' || c.oid],
  format('ALTER TABLE ONLY %s ATTACH PARTITION %s %s', i.inhparent::regclass, c.oid::regclass, pg_get_expr(c.relpartbound, c.oid))
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_inherits i ON i.inhrelid = c.oid
WHERE ${own("pg_class", "c.oid")} AND c.relispartition AND c.relkind IN ('r', 'p')`;

/** Per-column and per-table settings that have their own statements. */
export const tableSettingsSql = `
SELECT 'column/' || a.attrelid || '/' || a.attnum AS key, ${ranks.setting} AS rank, format('%s.%I', a.attrelid::regclass, a.attname) AS name,
  concat_ws('; ',
    CASE WHEN a.attstorage <> t.typstorage AND c.relkind IN ('r', 'p') THEN format('ALTER TABLE ONLY %s ALTER COLUMN %I SET STORAGE %s', c.oid::regclass, a.attname,
      CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END) END,
    CASE WHEN (to_jsonb(a)->>'attstattarget')::int >= 0 THEN format('ALTER %s %s ALTER COLUMN %s SET STATISTICS %s',
      CASE c.relkind WHEN 'i' THEN 'INDEX' WHEN 'I' THEN 'INDEX' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE ONLY' END, c.oid::regclass,
      CASE WHEN c.relkind IN ('i', 'I') THEN a.attnum::text ELSE quote_ident(a.attname) END, to_jsonb(a)->>'attstattarget') END,
    CASE WHEN o.options IS NOT NULL THEN format('ALTER TABLE ONLY %s ALTER COLUMN %I SET (%s)', c.oid::regclass, a.attname, o.options) END) AS sql
FROM pg_attribute a CROSS JOIN LATERAL (SELECT string_agg(option, ', ' ORDER BY option) AS options FROM unnest(a.attoptions) option WHERE option LIKE 'n\\_distinct%') o
JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid
WHERE ${own("pg_class", "c.oid")} AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'm', 'i', 'I')
  AND ((a.attstorage <> t.typstorage AND c.relkind IN ('r', 'p')) OR (to_jsonb(a)->>'attstattarget')::int >= 0 OR o.options IS NOT NULL)
UNION ALL
SELECT 'security/' || c.oid, ${ranks.setting}, c.oid::regclass::text,
  concat_ws('; ', CASE WHEN c.relrowsecurity THEN format('ALTER TABLE ONLY %s ENABLE ROW LEVEL SECURITY', c.oid::regclass) END,
    CASE WHEN c.relforcerowsecurity THEN format('ALTER TABLE ONLY %s FORCE ROW LEVEL SECURITY', c.oid::regclass) END)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${own("pg_class", "c.oid")} AND c.relkind IN ('r', 'p') AND (c.relrowsecurity OR c.relforcerowsecurity)
UNION ALL
SELECT 'identity/' || c.oid, ${ranks.setting}, c.oid::regclass::text,
  format('ALTER TABLE ONLY %s REPLICA IDENTITY %s', c.oid::regclass, CASE c.relreplident WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING' ELSE
    'USING INDEX ' || (SELECT quote_ident(x.relname) FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisreplident) END)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${own("pg_class", "c.oid")} AND c.relkind IN ('r', 'p') AND c.relreplident <> 'd'
UNION ALL
SELECT 'of-type/' || c.oid, ${ranks.setting}, c.oid::regclass::text, format('ALTER TABLE ONLY %s OF %s', c.oid::regclass, format_type(c.reloftype, NULL))
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${own("pg_class", "c.oid")} AND c.reloftype <> 0
UNION ALL
SELECT 'cluster/' || i.indexrelid, ${ranks.setting}, i.indexrelid::regclass::text,
  format('ALTER %s %s CLUSTER ON %I', CASE t.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, t.oid::regclass, x.relname)
FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE ${own("pg_class", "t.oid")} AND i.indisclustered`;

/** Tables and each of their columns apart, so that two schemas compare whatever the order of their columns. */
export const columnsSql = `
SELECT 'column-of/' || a.attrelid || '/' || a.attnum AS key, ${ranks.table} AS rank, format('%s.%I', c.oid::regclass, a.attname) AS name, ${columnSql} AS sql, a.attinhcount > 0 AS inherited
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${own("pg_class", "c.oid")} AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL
SELECT 'table/' || c.oid, ${ranks.table}, c.oid::regclass::text,
  concat_ws(' ', c.relkind, c.relpersistence, array_to_string(c.reloptions, ', '), CASE c.relkind WHEN 'p' THEN pg_get_partkeydef(c.oid) END,
    (SELECT 'of ' || string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno) FROM pg_inherits i WHERE i.inhrelid = c.oid),
    (SELECT string_agg('toast.' || o, ', ') FROM pg_class t CROSS JOIN unnest(t.reloptions) o WHERE t.oid = c.reltoastrelid)), false
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${own("pg_class", "c.oid")} AND c.relkind IN ('r', 'p')
UNION ALL
SELECT 'not-null/' || k.oid, ${ranks.constraint}, format('%s.%I', k.conrelid::regclass, k.conname), pg_get_constraintdef(k.oid), k.coninhcount > 0
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${own("pg_class", "c.oid")} AND k.contype = 'n' AND k.convalidated`;
