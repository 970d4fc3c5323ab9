import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { Actor, Role } from "../engine/core/index.ts";
import type { Identity } from "../engine/people/index.ts";
import { getEngine } from "./engine.ts";
import { noteRequestLocale } from "./request-locale.ts";
import { addressHeader, pathHeader } from "./request-stamp.ts";
import { identifyCookie, sessionSecret } from "./session-cookie.ts";

/** The signed-in user, as the engine knows them at this moment. */
export type Viewer = Identity;

/** Who is signed in, or null; asked once per request. */
export const getViewer = cache(async (): Promise<Viewer | null> => {
  // cookies() first: it makes the page dynamic before anything reaches for the engine.
  const cookieHeader = (await cookies()).toString();
  const engine = getEngine();
  const claims = await identifyCookie(cookieHeader, sessionSecret(engine.secret));
  const viewer = claims === null ? null : engine.access.directory.session(claims.userId, claims.epoch);
  if (viewer !== null) noteRequestLocale(viewer.locale);
  return viewer;
});

/** For pages: the viewer, or off to sign in (or to set up a fresh host) and back here. */
export async function requireViewer(): Promise<Viewer> {
  const viewer = await getViewer();
  if (viewer !== null) return viewer;
  if (await getEngine().access.setup.needed()) redirect("/setup");
  const path = (await headers()).get(pathHeader) ?? "/";
  redirect(path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
}

/**
 * For pages: the viewer if their role suffices (an administrator may do all that an operator may);
 * anyone else gets the same 404 as for a page that does not exist.
 */
export async function requireRole(role: "administrator" | "operator"): Promise<Viewer> {
  const viewer = await requireViewer();
  if (!hasRole(viewer, role)) notFound();
  return viewer;
}

const rank: Record<Role, number> = { member: 0, operator: 1, administrator: 2 };

/** Whether the viewer's role is `role` or above it. */
export function hasRole(viewer: Viewer, role: Role): boolean {
  return rank[viewer.role] >= rank[role];
}

/** The viewer as the one who asks for a change, with the address of this request. */
export async function actorOf(viewer: Viewer): Promise<Actor> {
  const ip = await requestAddress();
  return {
    userId: viewer.userId,
    name: viewer.name,
    role: viewer.role,
    via: "user",
    ...(ip === undefined ? {} : { ip }),
  };
}

/** The client's address as server.ts saw it. */
export async function requestAddress(): Promise<string | undefined> {
  return (await headers()).get(addressHeader) || undefined;
}

/** `next` of /sign-in, if it stays on this host; `/` otherwise. */
export function safeNext(next: string | string[] | undefined): string {
  if (typeof next !== "string" || !next.startsWith("/")) return "/";
  const base = "http://graft.invalid";
  const url = URL.canParse(next, base) ? new URL(next, base) : null;
  return url?.origin === base && url.pathname.startsWith("//") === false
    ? url.pathname + url.search + url.hash
    : "/";
}
