import type { AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { getEngine } from "./engine.ts";
import { addressHeader } from "./request-stamp.ts";
import { sessionCookieName, sessionMaxAgeSeconds, sessionSecret } from "./session-cookie.ts";
import { encodeSignInError } from "./sign-in-error.ts";

/**
 * next-auth's settings for the running engine. The origin is taken from the request (Host, and the protocol that
 * stampRequest or a proxy vouches for), so redirects stay on the address the user typed.
 */
export function authOptions(): AuthOptions {
  const engine = getEngine();
  const { directory } = engine.access;
  trustRequestOrigin();
  const secure = engine.settings.publicUrl?.startsWith("https://") ?? false;
  const cookieOptions = { httpOnly: true, sameSite: "lax" as const, path: "/", secure };
  return {
    secret: sessionSecret(engine.secret),
    useSecureCookies: secure,
    session: { strategy: "jwt", maxAge: sessionMaxAgeSeconds },
    pages: { signIn: "/sign-in", signOut: "/", error: "/sign-in" },
    // Names of our own: cookies ignore ports, and another next-auth app may live on the same host.
    cookies: {
      sessionToken: { name: sessionCookieName, options: cookieOptions },
      callbackUrl: { name: "graft-callback-url", options: cookieOptions },
      csrfToken: { name: secure ? "__Host-graft-csrf" : "graft-csrf", options: cookieOptions },
    },
    providers: [credentials()],
    callbacks: {
      jwt({ token, user }) {
        const claims = user === undefined ? token : { sub: user.id, epoch: (user as SignedIn).epoch };
        // Thrown: next-auth then removes the cookie instead of prolonging a session that has ended.
        if (user === undefined && !isLive(claims)) throw new Error("The session has ended.");
        return { sub: claims.sub, epoch: claims.epoch };
      },
      session({ session, token }) {
        const identity = directory.identity(token.sub ?? "");
        session.user = { name: identity?.name ?? null, email: identity?.email ?? null };
        return session;
      },
    },
    logger: {
      error: (code, metadata) => engine.log.debug({ code, metadata }, "next-auth reported an error"),
      warn: (code) => engine.log.debug({ code }, "next-auth reported a warning"),
      debug: () => {},
    },
  };

  function isLive(claims: { sub?: unknown; epoch?: unknown }) {
    if (typeof claims.sub !== "string" || typeof claims.epoch !== "number") return false;
    return directory.session(claims.sub, claims.epoch) !== null;
  }
}

interface SignedIn {
  id: string;
  epoch: number;
}

function credentials() {
  return CredentialsProvider({
    credentials: { email: { type: "email" }, password: { type: "password" } },
    async authorize(input, request): Promise<SignedIn> {
      const { access, toProblem } = getEngine();
      const ip: unknown = request.headers?.[addressHeader];
      try {
        const { user, sessionEpoch } = await access.signIn.verify({
          email: input?.email ?? "",
          password: input?.password ?? "",
          ...(typeof ip === "string" && ip !== "" ? { ip } : {}),
        });
        return { id: user.id, epoch: sessionEpoch };
      } catch (error) {
        throw new Error(encodeSignInError(toProblem(error)));
      }
    },
  });
}

/** next-auth 4 has no option for this: it reads the environment on every request. */
function trustRequestOrigin() {
  delete process.env.NEXTAUTH_URL;
  process.env.AUTH_TRUST_HOST = "true";
}
