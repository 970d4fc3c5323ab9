import { notOfExtension, own, ownSchema } from "./scope.sql.ts";

const grantee = (role: string) =>
  `CASE ${role} WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(${role})) END`;

/** One GRANT for each role and each way of granting, of the access list `acl`. */
const grants = (acl: string, on: string) => `
  ARRAY(SELECT format('GRANT %s ON ${on} TO %s', string_agg(g.privilege_type || coalesce(o.columns, ''), ', ' ORDER BY g.privilege_type), o.kind, o.name, ${grantee("g.grantee")})
    || CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
    FROM aclexplode(${acl}) g GROUP BY g.grantee, g.is_grantable ORDER BY g.grantee, g.is_grantable)`;

/**
 * Who may do what with each object whose rights are not those that it was born with; owners of large objects, which the
 * module's process makes too. One statement a row: what names a role that is not there can be left out.
 */
export const rightsSql = `
WITH objects AS (
  SELECT 'SCHEMA' AS kind, format('%I', n.nspname) AS name, NULL AS columns, CASE n.nspname WHEN 'public' THEN coalesce(n.nspacl, acldefault('n', n.nspowner)) ELSE n.nspacl END AS acl, acldefault('n', n.nspowner) AS born, n.nspowner AS owner
  FROM pg_namespace n WHERE ${ownSchema} AND ${notOfExtension("pg_namespace", "n.oid")}
  UNION ALL
  SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.oid::regclass::text, NULL, c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner), c.relowner
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${own("pg_class", "c.oid")} AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
  UNION ALL
  SELECT 'TABLE', c.oid::regclass::text, format(' (%I)', a.attname), a.attacl, '{}', c.relowner
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${own("pg_class", "c.oid")} AND c.relkind IN ('r', 'p', 'v', 'm') AND a.attacl IS NOT NULL AND NOT a.attisdropped
  UNION ALL
  SELECT 'ROUTINE', p.oid::regprocedure::text, NULL, p.proacl, acldefault('f', p.proowner), p.proowner
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${own("pg_proc", "p.oid")}
  UNION ALL
  SELECT 'TYPE', format('%I.%I', n.nspname, t.typname), NULL, t.typacl, acldefault('T', t.typowner), t.typowner
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
  WHERE ${own("pg_type", "t.oid")} AND t.typtype IN ('e', 'c', 'd', 'r') AND (t.typtype <> 'c' OR c.relkind = 'c')
  UNION ALL
  SELECT 'LARGE OBJECT', l.oid::text, NULL, l.lomacl, acldefault('L', l.lomowner), l.lomowner FROM pg_largeobject_metadata l)
SELECT sql FROM (
  SELECT 1 AS place, o.name, 0 AS number, format('ALTER LARGE OBJECT %s OWNER TO %I', o.name, pg_get_userbyid(o.owner)) AS sql
  FROM objects o WHERE o.kind = 'LARGE OBJECT' AND o.owner <> current_user::regrole
  UNION ALL
  SELECT 2, o.kind || ' ' || o.name || coalesce(o.columns, ''), number, statement FROM objects o CROSS JOIN LATERAL unnest(
    CASE WHEN o.columns IS NULL THEN ARRAY[format('REVOKE ALL ON %s %s FROM PUBLIC, %I', o.kind, o.name, pg_get_userbyid(o.owner))] ELSE '{}' END
    || ${grants("o.acl", "%s %s")}) WITH ORDINALITY AS every(statement, number)
  WHERE o.acl IS NOT NULL AND (o.name = 'public'
    OR ARRAY(SELECT x::text FROM unnest(o.acl) x ORDER BY 1) <> ARRAY(SELECT x::text FROM unnest(o.born) x ORDER BY 1))) statements
ORDER BY place, name, number`;

const kindsOfDefaults = `CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'ROUTINES' WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END`;
const inSchema = (alias: string) => `coalesce(' IN SCHEMA ' || quote_ident(${alias}.nspname), '')`;
const mine = `pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace WHERE d.defaclrole = current_user::regrole`;

/** The rights that the owner's future objects are born with. */
export const defaultRightsSql = `
SELECT statement AS sql FROM (SELECT d.*, n.nspname, ${kindsOfDefaults} AS kind FROM ${mine}) d CROSS JOIN LATERAL unnest(
  CASE WHEN d.defaclnamespace = 0 THEN ARRAY[format('ALTER DEFAULT PRIVILEGES REVOKE ALL ON %s FROM PUBLIC, CURRENT_USER', d.kind)] ELSE '{}' END
  || ARRAY(SELECT format('ALTER DEFAULT PRIVILEGES%s GRANT %s ON %s TO %s', ${inSchema("d")},
       string_agg(g.privilege_type, ', ' ORDER BY g.privilege_type), d.kind, ${grantee("g.grantee")}) || CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
     FROM aclexplode(d.defaclacl) g GROUP BY g.grantee, g.is_grantable ORDER BY g.grantee)) WITH ORDINALITY AS every(statement, number)
ORDER BY d.defaclobjtype, d.nspname, number`;

/** Back to what PostgreSQL has for everybody. */
export const resetDefaultRightsSql = `
SELECT format('ALTER DEFAULT PRIVILEGES%s REVOKE ALL ON %s FROM %s', ${inSchema("n")}, ${kindsOfDefaults},
    (SELECT string_agg(DISTINCT ${grantee("g.grantee")}, ', ') FROM aclexplode(d.defaclacl) g))
  || CASE WHEN d.defaclnamespace <> 0 THEN '' ELSE format('; ALTER DEFAULT PRIVILEGES GRANT ALL ON %s TO CURRENT_USER', ${kindsOfDefaults})
    || CASE d.defaclobjtype WHEN 'f' THEN '; ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON ROUTINES TO PUBLIC' WHEN 'T' THEN '; ALTER DEFAULT PRIVILEGES GRANT USAGE ON TYPES TO PUBLIC' ELSE '' END END AS sql
FROM ${mine} AND d.defaclacl <> '{}'`;
