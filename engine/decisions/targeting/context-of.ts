import type { Identity } from "../../people/index.ts";
import type { FlagContext } from "../types.ts";

const contexts = new WeakMap<Identity, FlagContext>();

/** The attributes rules may ask for; made once for each state of a user, since identities are never changed in place. */
export function contextOf(identity: Identity): FlagContext {
  const known = contexts.get(identity);
  if (known !== undefined) return known;
  const { userId, name, email, role, groups, locale, timeZone } = identity;
  const context = Object.freeze({
    targetingKey: userId,
    userId,
    name,
    email,
    role,
    groups,
    locale,
    timeZone,
  });
  contexts.set(identity, context);
  return context;
}
