import type { HostDb, Log } from "../../core/index.ts";
import type { Access } from "../../people/index.ts";
import type { Registry } from "../../supply/installed/index.ts";
import { composeMail } from "./compose-mail.ts";
import type { Mailer } from "./create-mailer.ts";
import { listSources } from "./list-sources.ts";
import { mailProblem } from "./mail-problem.ts";
import { noteMailError } from "./mail-queue.sql.ts";
import type { NotificationSource } from "./types.ts";

interface MailDeps {
  db: HostDb;
  access: Access;
  log: Log;
  send: Mailer["send"];
  registry: Pick<Registry, "list">;
  baseUrl(): string;
}

interface DueMail {
  id: string;
  userId: string;
  module: string;
  kind: string;
  title: string;
  body: string;
  path: string | null;
  attempts: number;
}

const tickMs = 5_000;
const batch = 20;
/** A mail server that is down for a night loses nothing; after that the bell has it all the same. */
const retryMinutes = [1, 5, 15, 60, 240, 720];

/**
 * Sends what is due, one batch at a time. Rows are taken with SKIP LOCKED and put off before they are sent, so that
 * several hosts share the work and a host that dies while sending costs a delay, never the mail.
 */
export function createMailQueue(deps: MailDeps) {
  const { pool } = deps.db;
  let running: Promise<void> | null = null;
  let closed = false;

  async function run() {
    for (let due = await take(); due.length > 0 && !closed; due = await take())
      for (const mail of due) await deliver(mail);
  }
  async function take(): Promise<DueMail[]> {
    const { rows } = await pool.query<DueMail>(
      `UPDATE graft.notifications SET mail_attempts = mail_attempts + 1,
              mail_at = now() + interval '1 minute' * ($2::int[])[least(mail_attempts + 1, cardinality($2::int[]))]
        WHERE id = ANY (SELECT id FROM graft.notifications WHERE mail_at <= now()
                         ORDER BY mail_at LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING id, user_id AS "userId", module, kind, title, body, path, mail_attempts AS attempts`,
      [batch, retryMinutes],
    );
    return rows;
  }
  async function deliver(due: DueMail) {
    const identity = deps.access.directory.identity(due.userId);
    const isOfKind = ({ module, kind }: NotificationSource) => module === due.module && kind === due.kind;
    const source = listSources(deps.registry).find(isOfKind);
    try {
      if (identity?.enabled && source !== undefined)
        await deps.send(composeMail({ ...due, source, identity, baseUrl: deps.baseUrl() }));
    } catch (err) {
      const last = due.attempts >= retryMinutes.length;
      const { module, attempts } = due;
      deps.log.warn({ err, module, attempts }, last ? "a mail is given up" : "a mail will be tried again");
      await noteMailError(pool, due.id, mailProblem(err).text);
      if (!last) return;
      await pool.query("UPDATE graft.notifications SET mail_at = NULL WHERE id = $1", [due.id]);
      return;
    }
    await pool.query(
      "UPDATE graft.notifications SET mail_at = NULL, mail_error = NULL, mail_error_at = NULL WHERE id = $1",
      [due.id],
    );
  }
  function wake() {
    if (closed) return;
    running ??= run()
      .catch((err) => deps.log.warn({ err }, "mails could not be sent"))
      .finally(() => (running = null));
  }
  const timer = setInterval(wake, tickMs).unref();

  return {
    wake,
    async close() {
      closed = true;
      clearInterval(timer);
      await running;
    },
  };
}
