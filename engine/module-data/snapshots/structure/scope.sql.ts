/** Every schema of the database but PostgreSQL's own and sessions' temporary ones; `n` is of pg_namespace. */
export const ownSchema = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

/** What an extension made comes with it. */
export const notOfExtension = (catalogue: string, oid: string) =>
  `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalogue}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;

/** Of the module's own making: in the schema `n`, and no extension's. What is on a table goes by its table. */
export const own = (catalogue: string, oid: string) => `${ownSchema} AND ${notOfExtension(catalogue, oid)}`;

/** The host makes it where row security is on, so that the runtime role sees every row; it makes it anew after a restore. */
export const hostPolicy = "graft_runtime";
