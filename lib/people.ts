/** The people the engine knows, as the pages show them. */
export type { AuditView, GroupView, TokenView, UserView } from "../engine/access/index.ts";
export type { Role } from "../engine/core/index.ts";
