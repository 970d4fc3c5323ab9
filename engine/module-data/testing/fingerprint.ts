import type pg from "pg";

/**
 * Everything the catalogues say about a schema, as text without identifiers that PostgreSQL hands out. Reads the
 * catalogues in other ways than snapshots do, so that what a snapshot forgets is a difference here. Superuser only.
 */
export async function fingerprint(pool: pg.Pool, schema: string): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN; SET LOCAL search_path = pg_catalog");
    const lines: string[] = [];
    for (const [kind, sql] of Object.entries(queries)) {
      const { rows } = await client.query<{ line: string }>(
        `SELECT (${sql.select})::text AS line ${sql.from}`,
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
    `SELECT c.oid::regclass::text AS name, c.relkind AS kind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND (c.relkind IN ('r', 'S') OR (c.relkind = 'm' AND c.relispopulated)) ORDER BY 1`,
    [schema],
  );
  const lines: string[] = [];
  for (const { name, kind } of relations) {
    const row = kind === "S" ? "last_value || ' ' || is_called" : "t::text";
    const { rows } = await client.query<{ digest: string }>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(${row}, E'\\n' ORDER BY ${row})), '') AS digest FROM ONLY ${name} t`,
    );
    lines.push(`rows ${name} ${rows[0]?.digest}`);
  }
  return lines;
}

const inSchema = (table: string, column: string) =>
  `FROM ${table} x JOIN pg_namespace n ON n.oid = x.${column} WHERE n.nspname = $1`;
const onRelation = (table: string, column: string, and = "true") =>
  `FROM ${table} x JOIN pg_class c ON c.oid = x.${column} JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND ${and}`;

const queries: Record<string, { select: string; from: string }> = {
  relation: {
    select: `jsonb_build_array(x.relname, x.relkind, x.relpersistence, x.relrowsecurity, x.relforcerowsecurity, x.relreplident, x.relispartition,
      x.reloptions, x.relchecks, x.relispopulated, x.relacl::text, pg_get_userbyid(x.relowner), pg_get_expr(x.relpartbound, x.oid),
      CASE x.relkind WHEN 'p' THEN pg_get_partkeydef(x.oid) END, CASE WHEN x.relkind IN ('v', 'm') THEN pg_get_viewdef(x.oid) END)`,
    from: `${inSchema("pg_class", "relnamespace")} AND x.relkind <> 't'`,
  },
  column: {
    select: `jsonb_build_array(c.relname, x.attname, (SELECT count(*) FROM pg_attribute b WHERE b.attrelid = x.attrelid AND b.attnum BETWEEN 1 AND x.attnum AND NOT b.attisdropped),
      format_type(x.atttypid, x.atttypmod), x.attnotnull, x.atthasdef, x.attidentity, x.attgenerated, x.attislocal, x.attinhcount, x.attstorage, x.attcompression,
      to_jsonb(x)->>'attstattarget', x.attcollation::regcollation::text, (SELECT jsonb_agg(o ORDER BY o) FROM unnest(x.attoptions) o WHERE o LIKE 'n\\_distinct%'), x.attacl::text,
      (SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d WHERE d.adrelid = x.attrelid AND d.adnum = x.attnum))`,
    from: onRelation("pg_attribute", "attrelid", "x.attnum > 0 AND NOT x.attisdropped AND c.relkind <> 't'"),
  },
  type: {
    select: `jsonb_build_array(x.typname, x.typtype, x.typcategory, x.typnotnull, x.typdefault, x.typcollation::regcollation::text, format_type(x.typbasetype, x.typtypmod), x.typelem::regtype::text,
      (SELECT jsonb_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = x.oid), pg_get_userbyid(x.typowner), x.typacl::text)`,
    from: inSchema("pg_type", "typnamespace"),
  },
  function: {
    select: `to_jsonb(x) - ARRAY['oid', 'pronamespace', 'proowner', 'prorettype', 'proargtypes', 'proallargtypes', 'provariadic', 'prosqlbody', 'proargdefaults', 'prosupport']
      || jsonb_build_object('id', x.oid::regprocedure::text, 'result', pg_get_function_result(x.oid), 'arguments', pg_get_function_arguments(x.oid), 'body', pg_get_function_sqlbody(x.oid))`,
    from: inSchema("pg_proc", "pronamespace"),
  },
  aggregate: {
    select: `jsonb_build_array(x.aggfnoid::regprocedure::text, x.aggkind, x.aggtransfn::text, x.aggfinalfn::text, x.aggfinalextra, x.aggtranstype::regtype::text, x.agginitval, x.aggfinalmodify)`,
    from: "FROM pg_aggregate x JOIN pg_proc p ON p.oid = x.aggfnoid JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = $1",
  },
  constraint: {
    select: `jsonb_build_array(x.conrelid::regclass::text, x.contypid::regtype::text, x.conname, x.contype, x.condeferrable, x.condeferred, x.convalidated, x.conislocal, x.coninhcount, CASE WHEN x.contype IN ('c', 'n') THEN x.connoinherit END,
      pg_get_constraintdef(x.oid), (SELECT p.conname FROM pg_constraint p WHERE p.oid = x.conparentid))`,
    from: inSchema("pg_constraint", "connamespace"),
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
    select: `jsonb_build_array(c.relname, x.tgname, pg_get_triggerdef(x.oid), x.tgenabled, (SELECT p.tgrelid::regclass::text FROM pg_trigger p WHERE p.oid = x.tgparentid))`,
    from: onRelation("pg_trigger", "tgrelid", "NOT x.tgisinternal"),
  },
  rule: {
    select: "jsonb_build_array(c.relname, x.rulename, pg_get_ruledef(x.oid), x.ev_enabled)",
    from: onRelation("pg_rewrite", "ev_class"),
  },
  policy: {
    select: `jsonb_build_array(c.relname, x.polname, x.polcmd, x.polpermissive, x.polroles::regrole[]::text, pg_get_expr(x.polqual, x.polrelid), pg_get_expr(x.polwithcheck, x.polrelid))`,
    from: onRelation("pg_policy", "polrelid"),
  },
  sequence: {
    select: `jsonb_build_array(c.relname, x.seqtypid::regtype::text, x.seqstart, x.seqincrement, x.seqmax, x.seqmin, x.seqcache, x.seqcycle,
      (SELECT jsonb_agg(jsonb_build_array(d.refobjid::regclass::text, d.deptype, a.attname)) FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
       WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid))`,
    from: onRelation("pg_sequence", "seqrelid"),
  },
  operator: {
    select: `jsonb_build_array(x.oid::regoperator::text, x.oprcode::text, x.oprcom::regoperator::text, x.oprnegate::regoperator::text, x.oprcanhash, x.oprcanmerge, x.oprrest::text, x.oprjoin::text)`,
    from: inSchema("pg_operator", "oprnamespace"),
  },
  collation: {
    select: "to_jsonb(x) - ARRAY['oid', 'collnamespace', 'collowner']",
    from: inSchema("pg_collation", "collnamespace"),
  },
  "text search": {
    select: `jsonb_build_array(x.cfgname, (SELECT jsonb_agg(jsonb_build_array(m.maptokentype, m.mapseqno, m.mapdict::regdictionary::text) ORDER BY m.maptokentype, m.mapseqno) FROM pg_ts_config_map m WHERE m.mapcfg = x.oid))`,
    from: inSchema("pg_ts_config", "cfgnamespace"),
  },
  statistics: {
    select: "jsonb_build_array(x.stxname, pg_get_statisticsobjdef(x.oid), to_jsonb(x)->>'stxstattarget')",
    from: inSchema("pg_statistic_ext", "stxnamespace"),
  },
  comment: {
    select: "jsonb_build_array(o.type, o.identity, x.description)",
    from: `FROM pg_description x CROSS JOIN LATERAL pg_identify_object(x.classoid, x.objoid, x.objsubid) o WHERE o.identity LIKE '%' || $1 || '%'`,
  },
};
