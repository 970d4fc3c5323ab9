import type { z } from "zod";
import type { Role } from "../../core/index.ts";
import type { Answer, Call, Method, ParamsOf, PublicCall, Route, ServerEvent } from "./types.ts";

interface Definition<Query, Body> {
  summary: string;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  /** 200 unless given; 204 when the handler returns undefined. */
  status?: number;
  answer?: z.ZodType;
  events?: Record<string, z.ZodType>;
  /** The body is a file: the handler reads it as `upload`. */
  upload?: boolean;
}

/** A row of the route table: `defineRoute("GET", "/modules/{module}", { role, summary, handle })`. */
export function defineRoute<Path extends string, Query = unknown, Body = unknown>(
  method: Method,
  path: Path,
  definition: Definition<Query, Body> & {
    role: Role;
    handle: (call: Call<ParamsOf<Path>, Query, Body>) => unknown;
  },
): Route {
  return toRoute(method, path, { ...definition, handle: definition.handle as Route["handle"] });
}

/** A row that needs no sign-in. */
export function definePublicRoute<Path extends string, Query = unknown, Body = unknown>(
  method: Method,
  path: Path,
  definition: Definition<Query, Body> & {
    handle: (call: PublicCall<ParamsOf<Path>, Query, Body>) => unknown;
  },
): Route {
  const handle = definition.handle as unknown as Route["handle"];
  return toRoute(method, path, { ...definition, role: "public", handle });
}

function toRoute(
  method: Method,
  path: string,
  definition: Definition<unknown, unknown> & Pick<Route, "role" | "handle">,
): Route {
  const { role, handle, summary, query, body, status = 200, answer, events, upload = false } = definition;
  return { method, path, role, summary, query, body, status, answer, events, upload, handle };
}

export function reply(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return { kind: "graft-reply", status, body, headers };
}

export function eventStream(events: AsyncIterable<ServerEvent>): Answer {
  return { kind: "graft-events", events };
}

/** @param file with `once` it is removed when it has been sent, or the client has left */
export function fileAnswer(file: {
  path: string;
  name: string;
  bytes: number;
  mediaType: string;
  once?: boolean;
}): Answer {
  return { kind: "graft-file", ...file };
}

/** Lists have one shape, also where everything fits on one page. */
export function listOf<T>(items: readonly T[]): { items: readonly T[]; nextCursor: null } {
  return { items, nextCursor: null };
}
