import pg from "pg";

/**
 * Everything the catalogues say about a database but for PostgreSQL's own schemas and what extensions made, as text
 * without identifiers that PostgreSQL hands out. Reads the catalogues in other ways than snapshots do, so that what a
 * snapshot forgets is a difference here. Superuser only.
 * @param schema this alone, of a database that is not a module's
 */
export async function fingerprint(database: pg.Pool | string, schema?: string): Promise<string[]> {
  if (typeof database !== "string") return readAll(await database.connect(), schema);
  const pool = new pg.Pool({ connectionString: database, max: 1 });
  try {
    return await readAll(await pool.connect(), schema);
  } finally {
    await pool.end();
  }
}

async function readAll(client: pg.PoolClient, schema = ""): Promise<string[]> {
  try {
    await client.query("BEGIN; SET LOCAL search_path = pg_catalog; SET LOCAL synchronize_seqscans = off");
    const lines: string[] = [];
    for (const [kind, sql] of Object.entries(queries)) {
      const { rows } = await client.query<{ line: string }>(
        `WITH scope AS (SELECT $1::text AS schema) SELECT (${sql.select})::text AS line ${sql.from}`,
        [schema],
      );
      lines.push(...rows.map((row) => `${kind} ${row.line}`).sort());
    }
    lines.push(...(await contents(client, schema)));
    return lines;
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}

async function contents(client: pg.PoolClient, schema: string): Promise<string[]> {
  const { rows: relations } = await client.query<{ name: string; kind: string }>(
    `WITH scope AS (SELECT $1::text AS schema) SELECT x.oid::regclass::text AS name, x.relkind AS kind ${inSchema("pg_class", "relnamespace")}
     AND (x.relkind IN ('r', 'S') OR (x.relkind = 'm' AND x.relispopulated)) ORDER BY 1`,
    [schema],
  );
  // PostgreSQL plans a query with the functions of the table's indexes, which call others by their bare names.
  await client.query("SET LOCAL search_path TO DEFAULT");
  const lines: string[] = [];
  for (const { name, kind } of relations) {
    const row = kind === "S" ? "last_value || ' ' || is_called" : "t::text";
    const { rows } = await client.query<{ digest: string }>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(${row}, E'\\n' ORDER BY (${row}) COLLATE "C")), '') AS digest FROM ONLY ${name} t`,
    );
    lines.push(`rows ${name} ${rows[0]?.digest}`);
  }
  return lines;
}

const covered = `(CASE (SELECT schema FROM scope) WHEN '' THEN n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' ELSE n.nspname = (SELECT schema FROM scope) END)`;
const notOfExtension = (table: string, oid: string) =>
  `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${table}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;
const inSchema = (table: string, column: string) =>
  `FROM ${table} x JOIN pg_namespace n ON n.oid = x.${column} WHERE ${covered} AND ${notOfExtension(table, "x.oid")}`;
const onRelation = (table: string, column: string, and = "true") =>
  `FROM ${table} x JOIN pg_class c ON c.oid = x.${column} JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${covered} AND ${notOfExtension("pg_class", "c.oid")} AND ${and}`;
/** In any order; as PostgreSQL has it for everybody where none is set. */
const rights = (acl: string, kind: string, owner: string) =>
  `(SELECT jsonb_agg(a::text ORDER BY a::text) FROM unnest(coalesce(${acl}, acldefault('${kind}', ${owner}))) a)`;

const queries: Record<string, { select: string; from: string }> = {
  schema: {
    select: `jsonb_build_array(n.nspname, pg_get_userbyid(n.nspowner), ${rights("n.nspacl", "n", "n.nspowner")})`,
    from: `FROM pg_namespace n WHERE ${covered} AND ${notOfExtension("pg_namespace", "n.oid")}`,
  },
  extension: {
    select: "jsonb_build_array(x.extname, n.nspname)",
    from: "FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace WHERE (SELECT schema FROM scope) = ''",
  },
  setting: {
    select: "(SELECT jsonb_agg(s ORDER BY s) FROM unnest(x.setconfig) s)",
    from: "FROM pg_db_role_setting x WHERE x.setrole = 0 AND x.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())",
  },
  relation: {
    select: `jsonb_build_array(n.nspname, x.relname, x.relkind, x.relpersistence, x.relrowsecurity, x.relforcerowsecurity, x.relreplident, x.relispartition,
      x.reloptions, x.relchecks, x.relispopulated, CASE WHEN x.relkind IN ('r', 'p', 'v', 'm') THEN ${rights("x.relacl", "r", "x.relowner")} WHEN x.relkind = 'S' THEN ${rights("x.relacl", "s", "x.relowner")} END,
      pg_get_userbyid(x.relowner), pg_get_expr(x.relpartbound, x.oid), x.reloftype::regtype::text,
      CASE x.relkind WHEN 'p' THEN pg_get_partkeydef(x.oid) END, CASE WHEN x.relkind IN ('v', 'm') THEN pg_get_viewdef(x.oid) END)`,
    from: `${inSchema("pg_class", "relnamespace")} AND x.relkind <> 't' AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indexrelid = x.oid AND NOT ${notOfExtension("pg_class", "i.indrelid")})`,
  },
  column: {
    select: `jsonb_build_array(c.oid::regclass::text, x.attname, (SELECT count(*) FROM pg_attribute b WHERE b.attrelid = x.attrelid AND b.attnum BETWEEN 1 AND x.attnum AND NOT b.attisdropped),
      format_type(x.atttypid, x.atttypmod), x.attnotnull, x.atthasdef, x.attidentity, x.attgenerated, x.attislocal, x.attinhcount, x.attstorage, x.attcompression,
      to_jsonb(x)->>'attstattarget', x.attcollation::regcollation::text, (SELECT jsonb_agg(o ORDER BY o) FROM unnest(x.attoptions) o WHERE o LIKE 'n\\_distinct%'), (SELECT jsonb_agg(a::text ORDER BY a::text) FROM unnest(x.attacl) a),
      (SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d WHERE d.adrelid = x.attrelid AND d.adnum = x.attnum))`,
    from: onRelation("pg_attribute", "attrelid", "x.attnum > 0 AND NOT x.attisdropped AND c.relkind <> 't'"),
  },
  type: {
    select: `jsonb_build_array(n.nspname, x.typname, x.typtype, x.typcategory, x.typnotnull, x.typdefault, x.typcollation::regcollation::text, format_type(x.typbasetype, x.typtypmod), x.typelem::regtype::text,
      (SELECT jsonb_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = x.oid), pg_get_userbyid(x.typowner), ${rights("x.typacl", "T", "x.typowner")},
      (SELECT jsonb_build_array(r.rngsubtype::regtype::text, r.rngsubdiff::text, r.rngmultitypid::regtype::text, r.rngcollation::regcollation::text) FROM pg_range r WHERE r.rngtypid = x.oid))`,
    from: `${inSchema("pg_type", "typnamespace")} AND NOT (x.typelem <> 0 AND NOT ${notOfExtension("pg_type", "x.typelem")}) AND NOT (x.typrelid <> 0 AND NOT ${notOfExtension("pg_class", "x.typrelid")})
      AND NOT EXISTS (SELECT FROM pg_type r WHERE r.typarray = x.oid AND r.typrelid <> 0 AND NOT ${notOfExtension("pg_class", "r.typrelid")})`,
  },
  function: {
    select: `to_jsonb(x) - ARRAY['oid', 'pronamespace', 'proowner', 'prorettype', 'proargtypes', 'proallargtypes', 'provariadic', 'prosqlbody', 'proargdefaults', 'prosupport', 'proacl']
      || jsonb_build_object('id', x.oid::regprocedure::text, 'result', pg_get_function_result(x.oid), 'arguments', pg_get_function_arguments(x.oid), 'body', pg_get_function_sqlbody(x.oid),
        'rights', ${rights("x.proacl", "f", "x.proowner")})`,
    from: inSchema("pg_proc", "pronamespace"),
  },
  aggregate: {
    select: `jsonb_build_array(x.aggfnoid::regprocedure::text, x.aggkind, x.aggtransfn::text, x.aggfinalfn::text, x.aggfinalextra, x.aggtranstype::regtype::text, x.agginitval, x.aggfinalmodify)`,
    from: `FROM pg_aggregate x JOIN pg_proc p ON p.oid = x.aggfnoid JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${covered} AND ${notOfExtension("pg_proc", "p.oid")}`,
  },
  constraint: {
    select: `jsonb_build_array(x.conrelid::regclass::text, x.contypid::regtype::text, x.conname, x.contype, x.condeferrable, x.condeferred, x.convalidated, x.conislocal, x.coninhcount, CASE WHEN x.contype IN ('c', 'n') THEN x.connoinherit END,
      pg_get_constraintdef(x.oid), (SELECT p.conname FROM pg_constraint p WHERE p.oid = x.conparentid))`,
    from: `${inSchema("pg_constraint", "connamespace")} AND ${notOfExtension("pg_class", "x.conrelid")} AND ${notOfExtension("pg_type", "x.contypid")}`,
  },
  index: {
    select: `jsonb_build_array(pg_get_indexdef(x.indexrelid), x.indisunique, x.indisprimary, x.indisexclusion, x.indimmediate, x.indisclustered, x.indisvalid, x.indisready, x.indislive, x.indisreplident)`,
    from: onRelation("pg_index", "indrelid", "c.relkind <> 't'"),
  },
  inheritance: {
    select: "jsonb_build_array(x.inhrelid::regclass::text, x.inhparent::regclass::text, x.inhseqno)",
    from: onRelation("pg_inherits", "inhrelid"),
  },
  trigger: {
    select: `jsonb_build_array(c.oid::regclass::text, x.tgname, pg_get_triggerdef(x.oid), x.tgenabled, (SELECT p.tgrelid::regclass::text FROM pg_trigger p WHERE p.oid = x.tgparentid))`,
    from: onRelation("pg_trigger", "tgrelid", "NOT x.tgisinternal"),
  },
  rule: {
    select: "jsonb_build_array(c.oid::regclass::text, x.rulename, pg_get_ruledef(x.oid), x.ev_enabled)",
    from: onRelation("pg_rewrite", "ev_class"),
  },
  policy: {
    select: `jsonb_build_array(c.oid::regclass::text, x.polname, x.polcmd, x.polpermissive, x.polroles::regrole[]::text, pg_get_expr(x.polqual, x.polrelid), pg_get_expr(x.polwithcheck, x.polrelid))`,
    from: onRelation("pg_policy", "polrelid", "x.polname <> 'graft_runtime'"),
  },
  sequence: {
    select: `jsonb_build_array(c.oid::regclass::text, x.seqtypid::regtype::text, x.seqstart, x.seqincrement, x.seqmax, x.seqmin, x.seqcache, x.seqcycle,
      (SELECT jsonb_agg(jsonb_build_array(d.refobjid::regclass::text, d.deptype, a.attname)) FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
       WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid))`,
    from: onRelation("pg_sequence", "seqrelid"),
  },
  operator: {
    select: `jsonb_build_array(x.oid::regoperator::text, x.oprcode::text, x.oprcom::regoperator::text, x.oprnegate::regoperator::text, x.oprcanhash, x.oprcanmerge, x.oprrest::text, x.oprjoin::text)`,
    from: inSchema("pg_operator", "oprnamespace"),
  },
  cast: {
    select:
      "jsonb_build_array(x.castsource::regtype::text, x.casttarget::regtype::text, x.castfunc::regprocedure::text, x.castcontext, x.castmethod)",
    from: `FROM pg_cast x WHERE (SELECT schema FROM scope) = '' AND x.oid >= 16384 AND ${notOfExtension("pg_cast", "x.oid")}`,
  },
  conversion: {
    select:
      "jsonb_build_array(n.nspname, x.conname, x.conforencoding, x.contoencoding, x.conproc::text, x.condefault)",
    from: inSchema("pg_conversion", "connamespace"),
  },
  collation: {
    select:
      "to_jsonb(x) - ARRAY['oid', 'collnamespace', 'collowner'] || jsonb_build_object('schema', n.nspname)",
    from: inSchema("pg_collation", "collnamespace"),
  },
  "text search": {
    select: `jsonb_build_array(n.nspname, x.cfgname, (SELECT jsonb_agg(jsonb_build_array(m.maptokentype, m.mapseqno, m.mapdict::regdictionary::text) ORDER BY m.maptokentype, m.mapseqno) FROM pg_ts_config_map m WHERE m.mapcfg = x.oid))`,
    from: inSchema("pg_ts_config", "cfgnamespace"),
  },
  dictionary: {
    select:
      "jsonb_build_array(n.nspname, x.dictname, (SELECT t.tmplname FROM pg_ts_template t WHERE t.oid = x.dicttemplate), x.dictinitoption)",
    from: inSchema("pg_ts_dict", "dictnamespace"),
  },
  statistics: {
    select:
      "jsonb_build_array(n.nspname, x.stxname, pg_get_statisticsobjdef(x.oid), to_jsonb(x)->>'stxstattarget')",
    from: inSchema("pg_statistic_ext", "stxnamespace"),
  },
  "large object": {
    select: `jsonb_build_array(x.oid, pg_get_userbyid(x.lomowner), ${rights("x.lomacl", "L", "x.lomowner")}, md5(lo_get(x.oid)))`,
    from: "FROM pg_largeobject_metadata x WHERE (SELECT schema FROM scope) = ''",
  },
  "default right": {
    select: `jsonb_build_array(pg_get_userbyid(x.defaclrole), (SELECT n.nspname FROM pg_namespace n WHERE n.oid = x.defaclnamespace), x.defaclobjtype, (SELECT jsonb_agg(a::text ORDER BY a::text) FROM unnest(x.defaclacl) a))`,
    from: "FROM pg_default_acl x WHERE (SELECT schema FROM scope) = ''",
  },
  comment: {
    select: "jsonb_build_array(o.type, o.identity, x.description)",
    from: `FROM pg_description x CROSS JOIN LATERAL pg_identify_object(x.classoid, x.objoid, x.objsubid) o CROSS JOIN scope
      WHERE (x.objoid >= 16384 OR o.identity = 'public') AND o.identity LIKE '%' || scope.schema || '%' AND o.identity NOT LIKE 'graft\\_runtime on %'
        AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = x.classoid AND e.objid = x.objoid AND e.deptype = 'e')`,
  },
};
