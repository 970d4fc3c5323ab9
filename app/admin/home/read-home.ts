import type { HomeItem, HomeLayout } from "@/contract/home";
import type { HomeAudience } from "@/engine/engagement/home/index";
import { getEngine } from "@/lib/engine";

/** What an administrator sees of the home of a group, or of everyone. `shown`: to one of them who arranged nothing. */
export async function readHomeFor(audience: HomeAudience): Promise<{
  arranged: HomeItem[] | null;
  generated: HomeItem[];
  shown: HomeLayout;
  /** Widgets they do not have. */
  missing: string[];
}> {
  const { home, registry } = getEngine();
  const [arranged, shown] = await Promise.all([home.defaultFor(audience), home.layoutForNew(audience)]);
  const generated = home.generatedFor(audience).items;
  const all = registry
    .list()
    .flatMap(({ name, manifest }) => manifest.widgets.map(({ id }) => `${name}/${id}`));
  return {
    arranged,
    generated,
    shown,
    missing: all.filter((target) => !generated.some(({ widget }) => widget === target)),
  };
}

/** The home of a user as they see it; null for an unknown one. */
export async function readHomeOf(userId: string): Promise<HomeLayout | null> {
  const { access, home } = getEngine();
  const identity = access.directory.identity(userId);
  return identity === null ? null : home.layoutFor(identity);
}
