import { GraftError } from "../../core/index.ts";
import type { Identity } from "../../people/index.ts";
import type { Call } from "./types.ts";

/**
 * The user who calls, for what everybody has of their own.
 * @param lacks what the host's own token has none of: "home"
 * @throws FORBIDDEN for the host's own token
 */
export function callingUser({ actor, identity }: Pick<Call, "actor" | "identity">, lacks: string): Identity {
  if (actor.userId !== null) return identity;
  throw new GraftError("FORBIDDEN", `The host's own token belongs to no user, so it has no ${lacks}.`, {
    hint: "Set GRAFT_URL and GRAFT_TOKEN to a token of the user.",
  });
}
