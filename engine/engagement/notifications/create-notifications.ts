import type { NewNotificationInput, NotificationView } from "../../../contract/notifications.ts";
import { createRateLimit, GraftError, type HostDb, type Listener, type Log } from "../../core/index.ts";
import type { Flags } from "../../decisions/index.ts";
import type { Access, Identity } from "../../people/index.ts";
import type { Registry } from "../../supply/installed/index.ts";
import { createMail } from "./create-mail.ts";
import type { Mailer } from "./create-mailer.ts";
import { readNotification, readRetraction } from "./input.ts";
import { listSources } from "./list-sources.ts";
import { createMailQueue } from "./mail-queue.ts";
import {
  countUnread,
  deleteOld,
  insertNotifications,
  markUnreadRetracted,
  type NotificationRow,
  notificationsChannel,
  type Recipient,
  selectNotifications,
  updateRead,
  updateUnread,
} from "./notifications.sql.ts";
import type { NotificationSource, Notifications } from "./types.ts";

export interface NotificationDeps {
  db: HostDb;
  access: Access;
  flags: Flags;
  log: Log;
  listener: Listener;
  registry: Pick<Registry, "list">;
  /** Null: SMTP is not configured. */
  mailer: Mailer | null;
  /** Address of this host as people reach it. */
  baseUrl(): string;
  /** So long a reader in the browser has before the mail goes out; a minute unless given. */
  mailDelayMs?: number;
}

const hourMs = 3_600_000;

/** What modules tell users: a list with read marks for each, and mail to those who want it. */
export function createNotifications(deps: NotificationDeps): Notifications {
  const { access, flags, listener, log, registry } = deps;
  const { pool, prisma } = deps.db;
  const listeners = new Set<(userIds: ReadonlySet<string> | null) => void>();
  const limit = createRateLimit({
    max: 60,
    windowMs: 60_000,
    message: (max, module) => `${module} sends more than ${max} notifications a minute.`,
    advice: "Several people can be addressed in one call.",
  });
  const tell = (userIds: ReadonlySet<string> | null) => {
    for (const heard of listeners) heard(userIds);
  };
  const mails = deps.mailer === null ? null : createMailQueue({ ...deps, send: deps.mailer.send });
  const stops = [
    listener.on(notificationsChannel, (payload) => {
      tell(payload === "*" ? null : new Set(payload.split(",")));
      mails?.wake();
    }),
    listener.onReconnect(() => tell(null)),
  ];
  const clean = () => void deleteOld(pool).catch((err) => log.warn({ err }, "old notifications stay"));
  const cleaning = setInterval(clean, hourMs).unref();

  /** Of the modules this user was given, as on their home: an administrator's reach is not meant. */
  const has = (identity: Identity, module: string) => {
    const { allowed, reason } = flags.decide(identity, `${module}/*`);
    return allowed && reason !== "ADMINISTRATOR";
  };
  const sourcesOf = (identity: Identity) =>
    listSources(registry).filter(({ module }) => has(identity, module));
  const modulesOf = (identity: Identity) => [...new Set(sourcesOf(identity).map(({ module }) => module))];

  async function recipientsOf(source: NotificationSource, { to, except = [] }: NewNotificationInput) {
    const [users, groups] = [new Set(to.users), new Set(to.groups)];
    const addressed = (identity: Identity) =>
      to.everyone || users.has(identity.userId) || identity.groups.some((group) => groups.has(group));
    const userIds = [...access.directory.identities()]
      .filter((identity) => identity.enabled && addressed(identity) && !except.includes(identity.userId))
      .filter((identity) => has(identity, source.module))
      .map(({ userId }) => userId);
    const chosen = await prisma.notificationPreference.findMany({
      where: { module: source.module, kind: source.kind, userId: { in: userIds } },
    });
    const byUser = new Map(chosen.map((row) => [row.userId, row]));
    return userIds
      .map((userId): Recipient => {
        const { bell, mail } = byUser.get(userId) ?? { bell: true, mail: source.mail };
        return { userId, bell, mail: mail && mails !== null };
      })
      .filter(({ bell, mail }) => bell || mail);
  }

  function toView(row: NotificationRow, source: NotificationSource | undefined): NotificationView {
    const { path, createdAt, readAt, ...rest } = row;
    const root = source?.hasPages ? `/m/${row.module}` : null;
    return {
      ...rest,
      moduleTitle: source?.moduleTitle ?? row.module,
      href: root && (path === null || path === "/" ? root : root + path),
      createdAt: createdAt.toISOString(),
      readAt: readAt?.toISOString() ?? null,
    };
  }

  const notifications: Notifications = {
    mailConfigured: mails !== null,
    mail: createMail(deps),
    async send(module, input) {
      const notification = readNotification(input);
      limit(module);
      const source = requireKind(listSources(registry), module, notification.kind);
      const recipients = await recipientsOf(source, notification);
      if (recipients.length > 0)
        await insertNotifications(
          pool,
          { ...notification, module },
          { recipients, mailDelayMs: deps.mailDelayMs ?? 60_000 },
        );
      return { recipients: recipients.length };
    },
    async retract(module, input) {
      return { retracted: (await markUnreadRetracted(pool, module, readRetraction(input))).length };
    },
    async list(identity, query = {}) {
      const limit = Math.min(Math.max(query.limit ?? 20, 1), 200);
      const sources = sourcesOf(identity);
      const rows = await selectNotifications(pool, {
        userId: identity.userId,
        modules: modulesOf(identity),
        unread: query.unread ?? false,
        limit,
        before: readCursor(query.cursor),
      });
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return {
        items: items.map((row) =>
          toView(
            row,
            sources.find(({ module }) => module === row.module),
          ),
        ),
        nextCursor: rows.length > limit && last ? `${last.createdAt.toISOString()}_${last.id}` : null,
      };
    },
    unread: (identity) => countUnread(pool, identity.userId, modulesOf(identity)),
    markRead: (identity, ids) => updateRead(pool, identity.userId, ids ?? null),
    markUnread: (identity, ids) => updateUnread(pool, identity.userId, ids),
    async preferences(identity) {
      const rows = await prisma.notificationPreference.findMany({ where: { userId: identity.userId } });
      return sourcesOf(identity).map(({ hasPages: _, ...source }) => {
        const row = rows.find(({ module, kind }) => module === source.module && kind === source.kind);
        return { ...source, bell: row?.bell ?? true, mail: row?.mail ?? source.mail };
      });
    },
    async setPreference(identity, { module, kind, bell, mail }) {
      const { userId } = identity;
      if (!sourcesOf(identity).some((source) => source.module === module && source.kind === kind))
        throw new GraftError("NOT_FOUND", `There are no notifications ${kind} of ${module} for you.`);
      await prisma.notificationPreference.upsert({
        where: { userId_module_kind: { userId, module, kind } },
        create: { userId, module, kind, bell, mail },
        update: { bell, mail },
      });
      return notifications.preferences(identity);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      clearInterval(cleaning);
      for (const stop of stops) stop();
      await mails?.close();
    },
  };
  return notifications;
}

function requireKind(sources: readonly NotificationSource[], module: string, kind: string) {
  const own = sources.filter((source) => source.module === module);
  const found = own.find((source) => source.kind === kind);
  if (found !== undefined) return found;
  const known = own.map((source) => source.kind).join(", ") || "none";
  throw new GraftError("INVALID_INPUT", `${module} declares no notifications of the kind ${kind}.`, {
    hint: `Kinds are declared under "notifications" in its module.json; it has: ${known}.`,
    details: { kind },
  });
}

/** @throws INVALID_INPUT for one that `list` did not give out */
function readCursor(cursor: string | undefined): { at: string; id: string } | null {
  if (cursor === undefined) return null;
  const [, at, id] = /^([\dT:.-]+Z)_([0-9a-f-]{36})$/.exec(cursor) ?? [];
  if (at !== undefined && id !== undefined && !Number.isNaN(Date.parse(at))) return { at, id };
  throw new GraftError("INVALID_INPUT", "The cursor is not one that this list gave out.");
}
