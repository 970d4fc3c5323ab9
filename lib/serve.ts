import { identifyCookie, sessionSecret } from "./session-cookie.ts";

export { setEngine } from "./engine.ts";
export { pageFiles } from "./page-files.ts";
export { withRequestLocale } from "./request-locale.ts";
export { stampRequest } from "./request-stamp.ts";

/** What the gateway asks of a session cookie, with the key derived once. */
export function cookieReader(engineSecret: Buffer) {
  const secret = sessionSecret(engineSecret);
  return (cookieHeader: string | undefined) => identifyCookie(cookieHeader, secret);
}
