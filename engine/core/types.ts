import type { Role } from "../../contract/role.ts";

export type { Json } from "../../contract/json.ts";
export type { Digest } from "../../contract/limits.ts";
export type { Page } from "../../contract/page.ts";
export type { Role } from "../../contract/role.ts";

/** Who asks for a change. Authorised at the web boundary; the engine records it. */
export interface Actor {
  /** Null for the system itself and for the CLI's host token. */
  userId: string | null;
  name: string;
  role: Role;
  via: "user" | "token" | "cli" | "system";
  /** Of `via: "token"`: which one. */
  tokenId?: string;
  ip?: string;
}

export const systemActor: Actor = { userId: null, name: "Graft", role: "administrator", via: "system" };

/** Ends what it belongs to; safe to call twice. */
export type Close = () => Promise<void>;
