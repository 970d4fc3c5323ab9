/** `sha256:` followed by 64 lower-case hex digits (OCI image spec, descriptor digest). */
export type Digest = `sha256:${string}`;

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export type Role = "administrator" | "operator" | "member";

/** Who asks for a change. Authorised at the web boundary; the engine records it. */
export interface Actor {
  /** Null for the system itself and for the CLI's host token. */
  userId: string | null;
  name: string;
  role: Role;
  via: "user" | "token" | "cli" | "system";
  ip?: string;
}

export const systemActor: Actor = { userId: null, name: "Graft", role: "administrator", via: "system" };

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Ends what it belongs to; safe to call twice. */
export type Close = () => Promise<void>;
