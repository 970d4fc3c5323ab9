import { own } from "./scope.sql.ts";
import { ranks } from "./types.ts";

const domainConstraints = `
      || CASE WHEN t.typnotnull AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.contypid = t.oid AND c.contype = 'n') THEN ' NOT NULL' ELSE '' END
      || coalesce((SELECT string_agg(format(' CONSTRAINT %I %s', c.conname, pg_get_constraintdef(c.oid)), '' ORDER BY c.conname)
           FROM pg_constraint c WHERE c.contypid = t.oid), '')`;

/**
 * Enums, composite types, domains and ranges.
 * @param whole domains with their constraints; else these are objects of their own, since they are about rows
 */
export const typesSql = (whole: boolean) => `
SELECT 'pg_type'::regclass::oid || '/' || t.oid AS key,
  array_remove(ARRAY[
    'pg_type'::regclass::oid || '/' || nullif(t.typarray, 0),
    CASE WHEN t.typtype = 'c' THEN 'pg_class'::regclass::oid || '/' || t.typrelid END,
    CASE WHEN t.typtype = 'r' THEN 'pg_type'::regclass::oid || '/' || (SELECT rngmultitypid FROM pg_range WHERE rngtypid = t.oid) END
  ]${whole ? " || ARRAY(SELECT 'pg_constraint'::regclass::oid || '/' || c.oid FROM pg_constraint c WHERE c.contypid = t.oid)" : ""}, NULL) AS aliases,
  ${ranks.type} AS rank, true AS "beforeRows", format('%I.%I', n.nspname, t.typname) AS name,
  CASE t.typtype
    WHEN 'e' THEN format('CREATE TYPE %I.%I AS ENUM (%s)', n.nspname, t.typname,
      (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid))
    WHEN 'c' THEN format('CREATE TYPE %I.%I AS (%s)', n.nspname, t.typname,
      (SELECT string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)) || collation_of.sql, ', ' ORDER BY a.attnum)
       FROM pg_attribute a JOIN pg_type b ON b.oid = a.atttypid
       CROSS JOIN LATERAL (SELECT coalesce((SELECT format(' COLLATE %I.%I', cn.nspname, co.collname) FROM pg_collation co
         JOIN pg_namespace cn ON cn.oid = co.collnamespace WHERE co.oid = a.attcollation AND a.attcollation <> b.typcollation), '') AS sql) collation_of
       WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped))
    WHEN 'd' THEN format('CREATE DOMAIN %I.%I AS %s', n.nspname, t.typname, format_type(t.typbasetype, t.typtypmod))
      || coalesce((SELECT format(' COLLATE %I.%I', cn.nspname, co.collname) FROM pg_collation co
           JOIN pg_namespace cn ON cn.oid = co.collnamespace JOIN pg_type b ON b.oid = t.typbasetype
           WHERE co.oid = t.typcollation AND t.typcollation <> b.typcollation), '')
      || coalesce(' DEFAULT ' || pg_get_expr(t.typdefaultbin, 0), '')${whole ? domainConstraints : ""}
    WHEN 'r' THEN (SELECT format('CREATE TYPE %I.%I AS RANGE (SUBTYPE = %s, SUBTYPE_OPCLASS = %I.%I%s%s, MULTIRANGE_TYPE_NAME = %I)',
      n.nspname, t.typname, format_type(r.rngsubtype, NULL), oc_n.nspname, oc.opcname,
      CASE WHEN r.rngcollation <> 0 THEN (SELECT format(', COLLATION = %I.%I', cn.nspname, co.collname) FROM pg_collation co
        JOIN pg_namespace cn ON cn.oid = co.collnamespace WHERE co.oid = r.rngcollation) ELSE '' END,
      CASE WHEN r.rngsubdiff <> 0 THEN ', SUBTYPE_DIFF = ' || r.rngsubdiff::regproc ELSE '' END, m.typname)
      FROM pg_range r JOIN pg_opclass oc ON oc.oid = r.rngsubopc JOIN pg_namespace oc_n ON oc_n.oid = oc.opcnamespace
      JOIN pg_type m ON m.oid = r.rngmultitypid WHERE r.rngtypid = t.oid)
  END AS sql
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
WHERE ${own("pg_type", "t.oid")} AND t.typtype IN ('e', 'c', 'd', 'r') AND (t.typtype <> 'c' OR c.relkind = 'c')`;

/**
 * A domain's constraints are checked with each value that is read, also where they are about other rows or the time of
 * day: so they come after the rows. Not where the domain is within arrays, composite types or ranges, to whose columns
 * PostgreSQL adds none.
 */
export const domainConstraintsSql = `
WITH domains AS (
  SELECT t.oid, t.typnotnull, format('%I.%I', n.nspname, t.typname) AS name,
    EXISTS (SELECT FROM pg_attribute a WHERE a.atttypid = t.typarray AND NOT a.attisdropped)
      OR EXISTS (SELECT FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE a.atttypid = t.oid AND NOT a.attisdropped AND c.relkind = 'c')
      OR EXISTS (SELECT FROM pg_range r WHERE r.rngsubtype = t.oid) OR EXISTS (SELECT FROM pg_type b WHERE b.typbasetype = t.typarray) AS contained
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'd' AND ${own("pg_type", "t.oid")})
SELECT 'pg_constraint'::regclass::oid || '/' || k.oid AS key, CASE WHEN d.contained THEN ${ranks.operator} ELSE ${ranks.constraint} END AS rank, d.contained AS "beforeRows", format('%s.%I', d.name, k.conname) AS name,
  ARRAY['pg_type'::regclass::oid || '/' || d.oid] AS after, format('ALTER DOMAIN %s ADD CONSTRAINT %I %s', d.name, k.conname, pg_get_constraintdef(k.oid)) AS sql,
  CASE k.contype WHEN 'c' THEN 'not valid' END AS otherwise,
  CASE WHEN d.contained AND k.contype = 'c' THEN format('ALTER DOMAIN %s DROP CONSTRAINT %I', d.name, k.conname) END AS undo,
  CASE WHEN d.contained THEN d.name END AS "on"
FROM domains d JOIN pg_constraint k ON k.contypid = d.oid
UNION ALL
SELECT 'not-null/' || d.oid, CASE WHEN d.contained THEN ${ranks.operator} ELSE ${ranks.constraint} END, d.contained, d.name, ARRAY['pg_type'::regclass::oid || '/' || d.oid], format('ALTER DOMAIN %s SET NOT NULL', d.name), NULL, NULL, NULL
FROM domains d WHERE d.typnotnull AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.contypid = d.oid AND k.contype = 'n')`;

/** Collations, conversions and what text search needs. The column of the locale was renamed in PostgreSQL 17, hence the JSON. */
export const collationsSql = `
SELECT 'pg_collation'::regclass::oid || '/' || c.oid AS key, ${ranks.collation} AS rank, true AS "beforeRows", format('%I.%I', n.nspname, c.collname) AS name,
  CASE WHEN c.collencoding = -1 AND c.collprovider = 'c' AND c.collcollate IN ('C', 'POSIX') THEN format('CREATE COLLATION %I.%I FROM pg_catalog.%I', n.nspname, c.collname, c.collcollate)
    ELSE format('CREATE COLLATION %I.%I (PROVIDER = %s, DETERMINISTIC = %s%s)', n.nspname, c.collname,
    CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END, CASE WHEN c.collisdeterministic THEN 'true' ELSE 'false' END,
    CASE c.collprovider WHEN 'c' THEN format(', LC_COLLATE = %L, LC_CTYPE = %L', c.collcollate, c.collctype)
      ELSE format(', LOCALE = %L', coalesce(to_jsonb(c)->>'colllocale', to_jsonb(c)->>'colliculocale')) END
    || coalesce(', RULES = ' || quote_literal(to_jsonb(c)->>'collicurules'), '')) END AS sql
FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace WHERE ${own("pg_collation", "c.oid")}
UNION ALL
SELECT 'pg_ts_dict'::regclass::oid || '/' || d.oid, ${ranks.type}, true, format('%I.%I', n.nspname, d.dictname),
  format('CREATE TEXT SEARCH DICTIONARY %I.%I (TEMPLATE = %I.%I%s)', n.nspname, d.dictname, tn.nspname, t.tmplname, coalesce(', ' || d.dictinitoption, ''))
FROM pg_ts_dict d JOIN pg_namespace n ON n.oid = d.dictnamespace JOIN pg_ts_template t ON t.oid = d.dicttemplate
JOIN pg_namespace tn ON tn.oid = t.tmplnamespace WHERE ${own("pg_ts_dict", "d.oid")}
UNION ALL
SELECT 'pg_ts_config'::regclass::oid || '/' || c.oid, ${ranks.type}, true, format('%I.%I', n.nspname, c.cfgname),
  format('CREATE TEXT SEARCH CONFIGURATION %I.%I (PARSER = %I.%I)', n.nspname, c.cfgname, pn.nspname, p.prsname)
  || coalesce((SELECT string_agg(format('; ALTER TEXT SEARCH CONFIGURATION %I.%I ADD MAPPING FOR %I WITH %s', n.nspname, c.cfgname, m.alias, m.dicts), '' ORDER BY m.alias)
     FROM (SELECT tt.alias, string_agg(m.mapdict::regdictionary::text, ', ' ORDER BY m.mapseqno) AS dicts FROM pg_ts_config_map m
       JOIN ts_token_type(c.cfgparser) tt ON tt.tokid = m.maptokentype WHERE m.mapcfg = c.oid GROUP BY tt.alias) m), '')
FROM pg_ts_config c JOIN pg_namespace n ON n.oid = c.cfgnamespace JOIN pg_ts_parser p ON p.oid = c.cfgparser
JOIN pg_namespace pn ON pn.oid = p.prsnamespace WHERE ${own("pg_ts_config", "c.oid")}
UNION ALL
SELECT 'pg_conversion'::regclass::oid || '/' || c.oid, ${ranks.operator}, true, format('%I.%I', n.nspname, c.conname),
  format('CREATE %sCONVERSION %I.%I FOR %L TO %L FROM %s', CASE WHEN c.condefault THEN 'DEFAULT ' ELSE '' END, n.nspname, c.conname,
    pg_encoding_to_char(c.conforencoding), pg_encoding_to_char(c.contoencoding), c.conproc)
FROM pg_conversion c JOIN pg_namespace n ON n.oid = c.connamespace WHERE ${own("pg_conversion", "c.oid")}`;
