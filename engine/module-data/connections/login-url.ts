/**
 * The host's URL with another login. Options that name the host's own schema, session or login are left out.
 * A URL without a host (Unix socket in `?host=`) can carry the login as parameters only.
 */
export function loginUrl(hostUrl: string, user: string, password: string): string {
  const url = new URL(hostUrl);
  for (const name of ["options", "schema", "application_name", "user", "password"])
    url.searchParams.delete(name);
  if (url.hostname === "") {
    url.searchParams.set("user", user);
    url.searchParams.set("password", password);
  } else {
    url.username = encodeURIComponent(user);
    url.password = encodeURIComponent(password);
  }
  return url.href;
}
