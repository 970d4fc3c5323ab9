export interface Login {
  user: string;
  password: string;
  database: string;
}

/**
 * The server's URL with another login. Options that name the host's own schema, session or login are left out.
 * A URL without a host (Unix socket in `?host=`) can carry the login as parameters only.
 */
export function loginUrl(serverUrl: string, { user, password, database }: Login): string {
  const url = new URL(serverUrl);
  for (const name of ["options", "schema", "application_name", "user", "password", "database", "dbname"])
    url.searchParams.delete(name);
  url.pathname = `/${encodeURIComponent(database)}`;
  if (url.hostname === "") {
    url.searchParams.set("user", user);
    url.searchParams.set("password", password);
  } else {
    url.username = encodeURIComponent(user);
    url.password = encodeURIComponent(password);
  }
  return url.href;
}

/** The same login on another database. */
export function onDatabase(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.searchParams.delete("options");
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}
