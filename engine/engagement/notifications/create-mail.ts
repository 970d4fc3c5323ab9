import { type Actor, createRateLimit, GraftError, type HostDb } from "../../core/index.ts";
import { type Access, auditIn, type Identity } from "../../people/index.ts";
import { composeTestMail } from "./compose-mail.ts";
import type { Mailer } from "./create-mailer.ts";
import { mailProblem } from "./mail-problem.ts";
import { readMailQueue } from "./mail-queue.sql.ts";
import type { MailRoom } from "./types.ts";

interface MailDeps {
  db: HostDb;
  access: Access;
  mailer: Mailer | null;
  baseUrl(): string;
}

/** What administrators see and try of mail. */
export function createMail({ db, access, mailer, baseUrl }: MailDeps): MailRoom {
  const limit = createRateLimit({
    max: 5,
    windowMs: 60_000,
    message: (max) => `More than ${max} test mails a minute.`,
    advice: "The result of the last one is in the audit log.",
  });
  const audit = (actor: Actor, to: string, error: string | null) =>
    db.prisma.$transaction((tx) =>
      auditIn(tx, actor, {
        action: "mail.test",
        target: to,
        summary: error === null ? `Sent a test mail to ${to}` : `A test mail to ${to} was not sent`,
        details: { host: mailer?.server.host ?? null, error },
      }),
    );

  return {
    status: async () => ({ server: mailer?.server ?? null, queue: await readMailQueue(db.pool) }),
    async test(actor, address) {
      const receiver = receiverOf(access, actor, address);
      if (mailer === null)
        throw new GraftError("CONFLICT", "No mail server is configured.", {
          hint: "Set GRAFT_SMTP_URL and GRAFT_MAIL_FROM where Graft is started, then start it again.",
        });
      limit(actor.userId ?? actor.name);
      try {
        await mailer.send(composeTestMail(receiver, baseUrl()));
      } catch (cause) {
        const { text, advice } = mailProblem(cause);
        await audit(actor, receiver.email, text);
        const { host, port } = mailer.server;
        throw new GraftError("MAIL_FAILED", `The test mail was not sent through ${host}:${port}. ${text}`, {
          hint: advice,
          retryable: true,
          cause,
        });
      }
      await audit(actor, receiver.email, null);
      return { to: receiver.email };
    },
  };
}

/** Whoever asks, or an enabled user of that address: no mail goes to strangers. */
function receiverOf(access: Access, actor: Actor, address: string | undefined): Identity {
  const wanted = address?.trim().toLowerCase();
  const found = [...access.directory.identities()].find(({ userId, email, enabled }) =>
    wanted === undefined ? userId === actor.userId : enabled && email.toLowerCase() === wanted,
  );
  if (found !== undefined) return found;
  if (wanted === undefined)
    throw new GraftError("INVALID_INPUT", "The host's own token belongs to no user who could get a mail.", {
      hint: "Name one by the address they sign in with: graft mail test --to ada@example.org.",
    });
  throw new GraftError("NOT_FOUND", `No user who may sign in has the address ${address}.`);
}
