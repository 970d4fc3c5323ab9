/** A schema that the module made or was given, by the alias of its row in pg_namespace. */
export const ownSchema = (schema: string) =>
  `${schema}.nspname !~ '^pg_' AND ${schema}.nspname <> 'information_schema'`;

/** A relation of the module's, and not of an extension in its database, by the aliases of pg_class and pg_namespace. */
export const ownTable = (relation: string, schema: string) =>
  `${ownSchema(schema)} AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
     AND e.objid = ${relation}.oid AND e.deptype = 'e')`;
