import { notOfExtension, own } from "./scope.sql.ts";
import { ranks } from "./types.ts";

/**
 * Functions and procedures in PostgreSQL's own words; aggregates put together from their parts. All before the rows:
 * what a generated column or a check calls calls others, of which pg_depend knows nothing.
 */
export const functionsSql = `
SELECT 'pg_proc'::regclass::oid || '/' || p.oid AS key, ${ranks.function} AS rank, true AS "beforeRows", p.oid::regprocedure::text AS name,
  pg_get_functiondef(p.oid) AS sql
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${own("pg_proc", "p.oid")} AND p.prokind <> 'a'
  -- What a range type is built with comes with it.
  AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = 'pg_proc'::regclass AND i.objid = p.oid AND i.deptype = 'i')
UNION ALL
SELECT 'pg_proc'::regclass::oid || '/' || p.oid, ${ranks.function}, true, p.oid::regprocedure::text,
  format('CREATE AGGREGATE %I.%I(%s) (SFUNC = %s, STYPE = %s', n.nspname, p.proname,
    CASE WHEN p.pronargs = 0 THEN '*' ELSE pg_get_function_arguments(p.oid) END, a.aggtransfn::regproc, format_type(a.aggtranstype, NULL))
  || CASE WHEN a.aggtransspace > 0 THEN ', SSPACE = ' || a.aggtransspace ELSE '' END
  || CASE WHEN a.aggfinalfn::oid <> 0 THEN ', FINALFUNC = ' || a.aggfinalfn::regproc || CASE WHEN a.aggfinalextra THEN ', FINALFUNC_EXTRA' ELSE '' END
       || ', FINALFUNC_MODIFY = ' || CASE a.aggfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END ELSE '' END
  || CASE WHEN a.aggcombinefn::oid <> 0 THEN ', COMBINEFUNC = ' || a.aggcombinefn::regproc ELSE '' END
  || CASE WHEN a.aggserialfn::oid <> 0 THEN ', SERIALFUNC = ' || a.aggserialfn::regproc || ', DESERIALFUNC = ' || a.aggdeserialfn::regproc ELSE '' END
  || CASE WHEN a.aggmtransfn::oid <> 0 THEN format(', MSFUNC = %s, MINVFUNC = %s, MSTYPE = %s', a.aggmtransfn::regproc, a.aggminvtransfn::regproc, format_type(a.aggmtranstype, NULL))
       || CASE WHEN a.aggmfinalfn::oid <> 0 THEN ', MFINALFUNC = ' || a.aggmfinalfn::regproc ELSE '' END
       || CASE WHEN a.aggminitval IS NOT NULL THEN format(', MINITCOND = %L', a.aggminitval) ELSE '' END ELSE '' END
  || CASE WHEN a.agginitval IS NOT NULL THEN format(', INITCOND = %L', a.agginitval) ELSE '' END
  || CASE WHEN a.aggsortop <> 0 THEN ', SORTOP = ' || (SELECT format('OPERATOR(%I.%s)', onn.nspname, o.oprname) FROM pg_operator o JOIN pg_namespace onn ON onn.oid = o.oprnamespace WHERE o.oid = a.aggsortop) ELSE '' END
  || CASE a.aggkind WHEN 'h' THEN ', HYPOTHETICAL' ELSE '' END
  || CASE p.proparallel WHEN 's' THEN ', PARALLEL = SAFE' WHEN 'r' THEN ', PARALLEL = RESTRICTED' ELSE '' END || ')'
FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${own("pg_proc", "p.oid")}`;

/** Operators and casts. */
export const operatorsSql = `
SELECT 'pg_operator'::regclass::oid || '/' || o.oid AS key, ${ranks.operator} AS rank, true AS "beforeRows", o.oid::regoperator::text AS name,
  format('CREATE OPERATOR %I.%s (FUNCTION = %s', n.nspname, o.oprname, o.oprcode)
  || CASE WHEN o.oprleft <> 0 THEN ', LEFTARG = ' || format_type(o.oprleft, NULL) ELSE '' END
  || ', RIGHTARG = ' || format_type(o.oprright, NULL)
  || coalesce((SELECT format(', COMMUTATOR = OPERATOR(%I.%s)', cn.nspname, c.oprname) FROM pg_operator c JOIN pg_namespace cn ON cn.oid = c.oprnamespace WHERE c.oid = o.oprcom), '')
  || coalesce((SELECT format(', NEGATOR = OPERATOR(%I.%s)', cn.nspname, c.oprname) FROM pg_operator c JOIN pg_namespace cn ON cn.oid = c.oprnamespace WHERE c.oid = o.oprnegate), '')
  || CASE WHEN o.oprrest::oid <> 0 THEN ', RESTRICT = ' || o.oprrest ELSE '' END || CASE WHEN o.oprjoin::oid <> 0 THEN ', JOIN = ' || o.oprjoin ELSE '' END
  || CASE WHEN o.oprcanhash THEN ', HASHES' ELSE '' END || CASE WHEN o.oprcanmerge THEN ', MERGES' ELSE '' END || ')' AS sql
FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace WHERE ${own("pg_operator", "o.oid")} AND o.oprcode::oid <> 0
UNION ALL
SELECT 'pg_cast'::regclass::oid || '/' || c.oid, ${ranks.operator}, true, format('(%s AS %s)', format_type(c.castsource, NULL), format_type(c.casttarget, NULL)),
  format('CREATE CAST (%s AS %s) ', format_type(c.castsource, NULL), format_type(c.casttarget, NULL))
  || CASE c.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || c.castfunc::regprocedure WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END
  || CASE c.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END
FROM pg_cast c WHERE c.oid >= 16384 AND ${notOfExtension("pg_cast", "c.oid")}
  AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = 'pg_cast'::regclass AND i.objid = c.oid AND i.deptype = 'i')`;
