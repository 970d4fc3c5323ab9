export interface Extension {
  name: string;
  home: string;
}

/** What `prepare` writes as the comment of the owner role, where no module can change it: the extensions it granted. */
export function grantComment(extensions: string[]): string {
  return JSON.stringify({ extensions });
}

/** On an owner's connection: the extensions granted to it and the schemas they live in. */
export const extensionsSql = `
  SELECT e.extname::pg_catalog.text AS name, n.nspname::pg_catalog.text AS home
  FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
  WHERE pg_catalog.jsonb_exists(pg_catalog.shobj_description(
    (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = session_user), 'pg_authid')::pg_catalog.jsonb -> 'extensions', e.extname)`;

export function toHomes(rows: Extension[]): Record<string, string> {
  return Object.fromEntries(rows.map(({ name, home }) => [name, home]));
}
