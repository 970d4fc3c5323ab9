import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createListener, type Listener, silentLog, systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import type { Flags } from "../../decisions/index.ts";
import { type Access, createAccess, type Identity } from "../../people/index.ts";
import { createTestRegistry, testModule } from "../../supply/installed/testing/create-test-registry.ts";
import { createMailer, createNotifications, type Notifications } from "./index.ts";
import { receiveMail } from "./testing/receive-mail.ts";

let database: TestDatabase;
let listener: Listener;
let access: Access;
let post: Awaited<ReturnType<typeof receiveMail>>;
let notifications: Notifications;
let ada: Identity;
let ben: Identity;
/** Modules that a user was given; the rules themselves are the flags' affair. */
let given: Record<string, string[]>;

const news = testModule({
  name: "news",
  title: "News",
  pages: [{ path: "/", title: "News", entry: "client/news.html" }],
  notifications: {
    published: { title: "News: published" },
    urgent: { title: "News: urgent", mail: true },
  },
});
const flags = {
  decide: ({ userId, role }: Identity, target: string) => {
    const has = (given[userId] ?? []).includes(target.replace("/*", ""));
    return { allowed: has || role === "administrator", reason: has ? "EVERYONE" : "ADMINISTRATOR" };
  },
} as Flags;

beforeAll(async () => {
  database = await createTestDatabase();
  listener = createListener(database.url, silentLog);
  access = await createAccess({ db: database.db, log: silentLog, listener });
  post = await receiveMail();
  await access.groups.create(systemActor, { name: "Staff" });
  const add = async (name: string, groups: string[], role: "member" | "administrator" = "member") => {
    const email = `${name.toLowerCase()}@example.org`;
    const { user, secret } = await access.users.invite(systemActor, { name, email, role, groups });
    await access.invites.accept({ secret, password: "granite-11-orchard-whistle" });
    await access.directory.refresh();
    return access.directory.identity(user.id) as Identity;
  };
  ada = await add("Ada", ["staff"]);
  ben = await add("Ben", []);
  await add("Root", ["staff"], "administrator");
  notifications = createNotifications({
    ...{ db: database.db, access, flags, log: silentLog, listener },
    registry: createTestRegistry(news),
    mailer: createMailer(post.url, "Graft <graft@example.org>"),
    baseUrl: () => "https://graft.example.org",
    mailDelayMs: 0,
  });
  await listener.listening();
}, 60_000);
afterAll(async () => {
  await notifications.close();
  await access.close();
  await listener.close();
  await post.close();
  await database.close();
});
beforeEach(async () => {
  given = { [ada.userId]: ["news"], [ben.userId]: ["news"] };
  await database.db.prisma.notification.deleteMany();
  await database.db.prisma.notificationPreference.deleteMany();
  post.mails.length = 0;
  post.state.refusing = false;
});

const titles = async (who: Identity) => (await notifications.list(who)).items.map(({ title }) => title);
const hello = { kind: "published", to: { everyone: true }, title: "Hello" };

describe("who gets it", () => {
  it("those addressed who were given the module; an administrator's reach does not count", async () => {
    expect(await notifications.send("news", hello)).toEqual({ recipients: 2 });
    expect(await notifications.send("news", { ...hello, to: { groups: ["staff"] } })).toEqual({
      recipients: 1,
    });
    given[ben.userId] = [];
    expect(await notifications.send("news", hello)).toEqual({ recipients: 1 });
    expect(await titles(ben)).toEqual([]);
    expect(await notifications.unread(ben)).toBe(0);
    expect(await notifications.unread(ada)).toBe(3);
  });

  it("not who is excepted, disabled or deleted meanwhile", async () => {
    const { recipients } = await notifications.send("news", { ...hello, except: [ada.userId] });
    expect(recipients).toBe(1);
    await access.users.disable(systemActor, ben.userId);
    expect((await notifications.send("news", hello)).recipients).toBe(1);
    await access.users.enable(systemActor, ben.userId);
  });

  it("nobody, when the manifest does not declare the kind or the input is wrong, with the reason", async () => {
    const refused = (input: unknown) =>
      expect(notifications.send("news", input)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await expect(notifications.send("news", { ...hello, kind: "gossip" })).rejects.toThrow(/kind gossip/);
    await expect(notifications.send("polls", hello)).rejects.toThrow(/polls declares no notifications/);
    await refused({ ...hello, to: {} });
    await refused({ ...hello, title: " " });
    for (const path of ["//evil.example", "/a/../../admin", "https://x", "/a b"])
      await refused({ ...hello, path });
    await refused({ ...hello, colour: "red" });
    expect(await titles(ada)).toEqual([]);
  });
});

describe("reading", () => {
  it("a key replaces what is unread, and begins anew once that was read", async () => {
    const at = (title: string) =>
      notifications.send("news", { ...hello, title, key: "post:7", path: "/posts/7" });
    await at("First");
    await at("Second");
    expect(await titles(ada)).toEqual(["Second"]);
    const [second] = (await notifications.list(ada)).items;
    expect(second).toMatchObject({ href: "/m/news/posts/7", readAt: null, moduleTitle: "News" });
    expect(await notifications.markRead(ada, [second?.id ?? ""])).toEqual([second?.id]);
    await at("Third");
    expect(await titles(ada)).toEqual(["Third", "Second"]);
    // The older one cannot become unread beside the newer with its key.
    expect(await notifications.markUnread(ada, [second?.id ?? ""])).toBe(0);
    expect(await notifications.unread(ada)).toBe(1);
  });

  it("marks all, says which, and takes it back; others' are out of reach", async () => {
    for (const title of ["One", "Two"]) await notifications.send("news", { ...hello, title });
    const ids = await notifications.markRead(ada);
    expect(ids).toHaveLength(2);
    expect(await notifications.unread(ben)).toBe(2);
    expect(await notifications.markRead(ben, ids)).toEqual([]);
    expect(await notifications.markUnread(ada, ids)).toBe(2);
    expect(await notifications.unread(ada)).toBe(2);
  });

  it("pages through everything, newest first, without a gap or a repeat", async () => {
    for (let i = 1; i <= 5; i++) await notifications.send("news", { ...hello, title: `N${i}` });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<Notifications["list"]>> = await notifications.list(ada, {
        limit: 2,
        ...(cursor !== null && { cursor }),
      });
      seen.push(...page.items.map(({ title }) => title));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(["N5", "N4", "N3", "N2", "N1"]);
    await expect(notifications.list(ada, { cursor: "x" })).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });

  it("is told to the users concerned, on whichever host they are", async () => {
    const heard: (ReadonlySet<string> | null)[] = [];
    const stop = notifications.onChange((userIds) => heard.push(userIds));
    await notifications.send("news", { ...hello, to: { users: [ben.userId] } });
    // What earlier sends told may still be on its way.
    await expect.poll(() => heard).toContainEqual(new Set([ben.userId]));
    stop();
  });

  it("is read by its key for those who have seen it, and taken back for all", async () => {
    await notifications.send("news", { ...hello, key: "post:1" });
    expect(await notifications.retract("news", { key: "post:1", users: [ada.userId] })).toEqual({
      retracted: 1,
    });
    expect([await notifications.unread(ada), await titles(ada)]).toEqual([0, ["Hello"]]);
    expect(await notifications.retract("polls", { key: "post:1" })).toEqual({ retracted: 0 });
    expect(await notifications.retract("news", { key: "post:1" })).toEqual({ retracted: 1 });
    expect([await titles(ada), await titles(ben)]).toEqual([["Hello"], []]);
  });
});

describe("preferences and mail", () => {
  const choose = (who: Identity, kind: string, bell: boolean, mail: boolean) =>
    notifications.setPreference(who, { module: "news", kind, bell, mail });
  const sent = () => database.db.prisma.notification.count({ where: { mailAt: { not: null } } });

  it("mail goes where the manifest or the user wants it, once, with links that lead back", async () => {
    await choose(ada, "published", true, true);
    await notifications.send("news", {
      ...hello,
      title: "Lift & <stairs>",
      body: "Both work.",
      path: "/posts/7",
    });
    await expect.poll(() => post.mails.length, { timeout: 20_000 }).toBe(1);
    await expect.poll(sent, { timeout: 20_000 }).toBe(0);
    const [{ from, to, raw } = { from: "", to: [], raw: "" }] = post.mails;
    expect([from, to]).toEqual(["graft@example.org", [ada.email]]);
    const plain = raw.replace(/=\r\n/g, "");
    expect(plain).toContain("Subject: News: Lift & <stairs>");
    expect(plain).toContain("https://graft.example.org/m/news/posts/7");
    expect(plain).toContain("https://graft.example.org/account#notifications");
    expect(plain).toContain("Lift &amp; &lt;stairs&gt;");
    expect(plain.toLowerCase()).toContain("auto-submitted: auto-generated");
  });

  it("no bell: it stands in the list as read; neither: it is not there at all", async () => {
    await choose(ada, "urgent", false, true);
    await choose(ben, "urgent", false, false);
    expect(await notifications.send("news", { ...hello, kind: "urgent" })).toEqual({ recipients: 1 });
    expect([await notifications.unread(ada), await titles(ada), await titles(ben)]).toEqual([
      0,
      ["Hello"],
      [],
    ]);
    await expect.poll(() => post.mails.map(({ to }) => to), { timeout: 20_000 }).toEqual([[ada.email]]);
  });

  it("a mail server that refuses is asked again later, and the mail is not lost", async () => {
    post.state.refusing = true;
    await notifications.send("news", { ...hello, kind: "urgent", to: { users: [ada.userId] } });
    const row = () => database.db.prisma.notification.findFirstOrThrow({ where: { userId: ada.userId } });
    await expect.poll(async () => (await row()).mailAttempts, { timeout: 20_000 }).toBe(1);
    expect((await row()).mailAt?.getTime()).toBeGreaterThan(Date.now());
    post.state.refusing = false;
    await database.db.prisma.notification.updateMany({ data: { mailAt: new Date(0) } });
    await expect.poll(() => post.mails.length, { timeout: 20_000 }).toBe(1);
  });

  it("a line break in a title begins no header of its own", async () => {
    await notifications.send("news", { ...hello, kind: "urgent", title: "A\r\nBcc: eve@example.org" });
    await expect.poll(() => post.mails.length, { timeout: 20_000 }).toBe(2);
    for (const { raw, to } of post.mails) {
      expect(raw.split("\r\n\r\n")[0]).not.toMatch(/^bcc:/im);
      expect(to).not.toContain("eve@example.org");
    }
  });

  it("lists what a user may choose, and refuses what is not theirs", async () => {
    expect(await notifications.preferences(ada)).toMatchObject([
      { kind: "published", bell: true, mail: false },
      { kind: "urgent", bell: true, mail: true },
    ]);
    given[ada.userId] = [];
    expect(await notifications.preferences(ada)).toEqual([]);
    await expect(choose(ada, "published", true, true)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("what an administrator sees and tries", () => {
  const actorOf = ({ userId, name }: Identity) => ({ ...systemActor, userId, name });

  it("the server without its password, what waits, and what the server said last until the mail is sent", async () => {
    const { mail } = notifications;
    post.state.refusing = true;
    await notifications.send("news", { ...hello, kind: "urgent", to: { users: [ada.userId] } });
    await expect
      .poll(async () => (await mail.status()).queue, { timeout: 20_000 })
      .toMatchObject({
        ...{ waiting: 1, retrying: 1, nextAt: expect.stringMatching(/Z$/) },
        lastError: { message: expect.stringContaining("Mailbox is taking a rest"), willRetry: true },
      });
    const { port } = new URL(post.url);
    expect((await mail.status()).server).toEqual({
      ...{ host: "127.0.0.1", port: Number(port), security: "starttls", signsIn: false },
      from: "Graft <graft@example.org>",
    });
    post.state.refusing = false;
    await database.db.prisma.notification.updateMany({ data: { mailAt: new Date(0) } });
    await expect
      .poll(async () => (await mail.status()).queue, { timeout: 20_000 })
      .toEqual({ waiting: 0, retrying: 0, nextAt: null, lastError: null });
    const { server } = createMailer("smtps://me:hush@mail.example.org", "a@example.org");
    expect(server).toEqual({
      ...{ host: "mail.example.org", port: 465, security: "tls", signsIn: true, from: "a@example.org" },
    });
  });

  it("a mail that is given up stays as the last error", async () => {
    post.state.refusing = true;
    await notifications.send("news", { ...hello, kind: "urgent", to: { users: [ada.userId] } });
    await database.db.prisma.notification.updateMany({ data: { mailAttempts: 5, mailAt: new Date(0) } });
    await expect
      .poll(async () => (await notifications.mail.status()).queue, { timeout: 20_000 })
      .toMatchObject({ waiting: 0, nextAt: null, lastError: { willRetry: false } });
  });

  it("a test mail goes to whoever asks at once, or says what the server said; both are audited", async () => {
    const { mail } = notifications;
    expect(await mail.test(actorOf(ada))).toEqual({ to: ada.email });
    expect(post.mails.map(({ to }) => to)).toEqual([[ada.email]]);
    expect(post.mails[0]?.raw).toContain("Subject: Graft: test mail");
    post.state.refusing = true;
    await expect(mail.test(systemActor, ada.email.toUpperCase())).rejects.toMatchObject({
      code: "MAIL_FAILED",
      message: expect.stringContaining("450 Mailbox is taking a rest"),
    });
    const { items } = await access.audit.list({ action: "mail.test" });
    expect(items.map(({ summary }) => summary)).toEqual([
      `A test mail to ${ada.email} was not sent`,
      `Sent a test mail to ${ada.email}`,
    ]);
  });

  it("no test mail goes to strangers, without a server, or without end", async () => {
    const { mail } = notifications;
    await expect(mail.test(systemActor)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await expect(mail.test(actorOf(ada), "eve@example.com")).rejects.toMatchObject({ code: "NOT_FOUND" });
    const send = async () => {
      for (let i = 0; i < 7; i++) await mail.test(actorOf(ben));
    };
    await expect(send()).rejects.toMatchObject({ code: "RATE_LIMITED" });
    expect(post.mails).toHaveLength(5);
    const without = createNotifications({
      ...{ db: database.db, access, flags, log: silentLog, listener },
      ...{ registry: createTestRegistry(), mailer: null, baseUrl: () => "" },
    });
    await expect(without.mail.test(actorOf(ada))).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await without.mail.status()).server).toBeNull();
    await without.close();
  });
});

it("a module that sends without end is told to wait", async () => {
  await expect(
    (async () => {
      for (let i = 0; i < 70; i++) await notifications.send("news", { ...hello, to: { users: [] } });
    })(),
  ).rejects.toMatchObject({ code: "RATE_LIMITED", retryable: true });
});
