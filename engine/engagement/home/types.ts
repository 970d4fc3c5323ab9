import type { HomeItem, HomeLayout } from "../../../contract/home.ts";
import type { Actor } from "../../core/index.ts";
import type { AccessTarget } from "../../decisions/index.ts";
import type { Identity } from "../../people/index.ts";

/** Whom a default is for: the members of a group, or everybody whose groups have none. */
export type HomeAudience = { group: string } | "everyone";

/** A widget that exists, as its manifest describes it. */
export interface WidgetSource {
  target: AccessTarget;
  size: { w: number; h: number };
  /** JSON Schema of an instance's configuration. */
  config: Record<string, unknown> | undefined;
}

export interface Home {
  /**
   * What the user's home shows: their own arrangement with the locked parts of their default, else that default (of
   * several groups the first by key, of none everybody's), else every widget they have. Widgets they were given since are at its end;
   * those they may not have are not in it, and are back at their place once they may.
   */
  layoutFor(identity: Identity): Promise<HomeLayout>;
  /**
   * Stores the user's own arrangement. Locked parts stay as they are, whatever is sent for them; widgets the user does
   * not have are left out.
   * @throws INVALID_INPUT; for one item's configuration with `details.item` and `details.fieldErrors`
   */
  save(identity: Identity, items: HomeItem[]): Promise<HomeLayout>;
  /** Forgets the user's own arrangement. */
  reset(identity: Identity): Promise<HomeLayout>;
  /** What an administrator arranged for them; null when nothing was. */
  defaultFor(audience: HomeAudience): Promise<HomeItem[] | null>;
  /**
   * What one of them who arranged nothing has: a member of this group alone, or somebody in no group.
   * @throws NOT_FOUND for an unknown group
   */
  layoutForNew(audience: HomeAudience): Promise<HomeLayout>;
  /** The same without a default: every widget they have. */
  generatedFor(audience: HomeAudience): HomeLayout;
  /** Audited; counts from the next time one of them opens the home. @throws NOT_FOUND, INVALID_INPUT as `save` */
  setDefault(actor: Actor, audience: HomeAudience, items: HomeItem[]): Promise<void>;
  /** Audited. @throws NOT_FOUND for an unknown group */
  clearDefault(actor: Actor, audience: HomeAudience): Promise<void>;
}
