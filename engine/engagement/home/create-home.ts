import type { HomeItem } from "../../../contract/home.ts";
import {
  type Actor,
  fromJson,
  GraftError,
  type HostDb,
  isDatabaseGone,
  type Log,
  toJson,
} from "../../core/index.ts";
import type { Flags } from "../../decisions/index.ts";
import { type Access, auditIn, type Identity } from "../../people/index.ts";
import type { Registry } from "../../supply/installed/index.ts";
import { effectiveLayout, type StoredLayout, withLocked } from "./effective-layout.ts";
import { checkItems, readItems } from "./input.ts";
import { listWidgets } from "./list-widgets.ts";
import { placeItems } from "./place-items.ts";
import type { Home, HomeAudience } from "./types.ts";

interface HomeDeps {
  db: HostDb;
  access: Access;
  flags: Flags;
  log: Log;
  registry: Pick<Registry, "list">;
}

type DefaultLayout = StoredLayout & { group: string | null };

/** The page of widgets of each user. Reads its tables at each question: a home is opened a few times a day. */
export function createHome(deps: HomeDeps): Home {
  const { access, flags, log, registry } = deps;
  const { prisma } = deps.db;

  /** Administrators reach every module, but have on their home what they were given. */
  const widgetsOf = (identity: Identity) =>
    listWidgets(registry).filter(({ target }) => {
      const { allowed, reason } = flags.decide(identity, target);
      return allowed && reason !== "ADMINISTRATOR";
    });

  async function readOwn(userId: string): Promise<StoredLayout | null> {
    const row = await prisma.homeLayout.findUnique({ where: { userId } });
    return row && { items: fromJson<HomeItem[]>(row.items), known: row.known };
  }
  /** Of several groups with a default the first by key, so that it is the same everywhere; of none everybody's. */
  async function readDefault(groups: readonly string[]): Promise<DefaultLayout | null> {
    const ofGroup = groups.length === 0 ? null : await readGroupDefault(groups);
    if (ofGroup !== null) return ofGroup;
    const row = await prisma.homeEveryone.findUnique({ where: { id: 1 } });
    return row && { group: null, items: fromJson<HomeItem[]>(row.items), known: row.known };
  }
  async function readGroupDefault(groups: readonly string[]): Promise<DefaultLayout | null> {
    const row = await prisma.homeDefault.findFirst({
      where: { groupKey: { in: [...groups] } },
      orderBy: { groupKey: "asc" },
    });
    return row && { group: row.groupKey, items: fromJson<HomeItem[]>(row.items), known: row.known };
  }
  async function layoutFor(identity: Identity) {
    const widgets = widgetsOf(identity);
    try {
      const [own, standard] = await Promise.all([readOwn(identity.userId), readDefault(identity.groups)]);
      return effectiveLayout({ own, standard, widgets });
    } catch (error) {
      if (!isDatabaseGone(error)) throw error;
      log.warn({ err: error }, "home layouts cannot be read; showing every widget");
      return effectiveLayout({ own: null, standard: null, widgets });
    }
  }
  async function requireAudience(audience: HomeAudience): Promise<void> {
    if (audience === "everyone") return;
    const { group } = audience;
    if (!access.directory.groupKeys().includes(group)) await access.directory.refresh();
    if (access.directory.groupKeys().includes(group)) return;
    throw new GraftError("NOT_FOUND", `There is no group ${group}.`, { details: { group } });
  }
  async function defaultFor(audience: HomeAudience) {
    const standard =
      audience === "everyone" ? await readDefault([]) : await readGroupDefault([audience.group]);
    return standard?.items ?? null;
  }

  return {
    layoutFor,
    async save(identity, input) {
      const { userId } = identity;
      const widgets = widgetsOf(identity);
      const may = new Set(widgets.map(({ target }) => target));
      const [own, standard] = await Promise.all([readOwn(userId), readDefault(identity.groups)]);
      const before = own?.items ?? standard?.items ?? [];
      const mine = readItems(input)
        .filter(({ widget }) => may.has(widget))
        .map((item) => ({ ...item, locked: false }));
      const standing = new Set(standard?.items.flatMap(({ id, locked }) => (locked ? [id] : [])));
      const checked = (await checkItems(mine, before, widgets)).map((item) =>
        standing.has(item.id) ? { ...item, locked: true } : item,
      );
      const merged = withLocked(checked, standard?.items ?? []);
      // What the user may not have at the moment was not shown, so it was not taken away either.
      const hidden = (own?.items ?? []).filter(
        ({ id, widget }) => !may.has(widget) && !merged.some((item) => item.id === id),
      );
      const items = toJson([...placeItems(merged, ({ locked }) => locked), ...hidden]);
      const known = [...new Set([...(own?.known ?? []), ...may])].sort();
      await prisma.homeLayout.upsert({
        where: { userId },
        create: { userId, items, known },
        update: { items, known },
      });
      return layoutFor(identity);
    },
    async reset(identity) {
      await prisma.homeLayout.deleteMany({ where: { userId: identity.userId } });
      return layoutFor(identity);
    },
    defaultFor,
    async layoutForNew(audience) {
      await requireAudience(audience);
      const member = newMember(audience);
      const standard = await readDefault(member.groups);
      return effectiveLayout({ own: null, standard, widgets: widgetsOf(member) });
    },
    generatedFor: (audience) =>
      effectiveLayout({ own: null, standard: null, widgets: widgetsOf(newMember(audience)) }),
    async setDefault(actor, audience, input) {
      await requireAudience(audience);
      const widgets = listWidgets(registry);
      const exists = new Set(widgets.map(({ target }) => target));
      const sent = readItems(input).filter(({ widget }) => exists.has(widget));
      const previous = await defaultFor(audience);
      const checked = await checkItems(sent, previous ?? [], widgets);
      const items = placeItems(checked, () => false);
      const stored = { items: toJson(items), known: [...exists].sort() };
      await change(actor, { audience, previous, items }, (tx) =>
        audience === "everyone"
          ? tx.homeEveryone.upsert({ where: { id: 1 }, create: stored, update: stored })
          : tx.homeDefault.upsert({
              where: { groupKey: audience.group },
              create: { groupKey: audience.group, ...stored },
              update: stored,
            }),
      );
    },
    async clearDefault(actor, audience) {
      await requireAudience(audience);
      const previous = await defaultFor(audience);
      if (previous === null) return;
      await change(actor, { audience, previous, items: null }, (tx) =>
        audience === "everyone"
          ? tx.homeEveryone.delete({ where: { id: 1 } })
          : tx.homeDefault.delete({ where: { groupKey: audience.group } }),
      );
    },
  };

  function change(
    actor: Actor,
    {
      audience,
      ...details
    }: { audience: HomeAudience; previous: HomeItem[] | null; items: HomeItem[] | null },
    write: (tx: Parameters<Parameters<HostDb["prisma"]["$transaction"]>[0]>[0]) => Promise<unknown>,
  ) {
    const whose = audience === "everyone" ? "everyone" : audience.group;
    return prisma.$transaction(async (tx) => {
      await write(tx);
      await auditIn(tx, actor, {
        action: details.items === null ? "home.clear-default" : "home.set-default",
        target: whose,
        summary:
          details.items === null
            ? `Took back the home layout of ${whose}`
            : `Arranged the home of ${whose}: ${details.items.length} widgets`,
        details,
      });
    });
  }
}

/** Somebody who is in this group, or in none. */
function newMember(audience: HomeAudience): Identity {
  return {
    userId: "",
    name: "",
    email: "",
    role: "member",
    groups: audience === "everyone" ? [] : [audience.group],
    enabled: true,
    sessionEpoch: 0,
    locale: null,
    timeZone: null,
  };
}
