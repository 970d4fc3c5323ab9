/** The people the engine knows, as the pages show them. */

export type { Role } from "../engine/core/index.ts";
export type { AuditView, GroupView, TokenView, UserView } from "../engine/people/index.ts";
