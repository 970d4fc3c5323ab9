import type { MailStatus, TestMailView } from "../../contract/mail.ts";
import { type AddCommands, answer, jsonOption } from "../context.ts";
import { count, formatTime, type Terminal } from "../terminal.ts";

/** mail, mail test: whether notifications go out by mail, and a try. */
export const addMailCommands: AddCommands = (program, { terminal, client }) => {
  const mail = program
    .command("mail")
    .description("through which server mail goes, what waits, and what went wrong last")
    .option(...jsonOption)
    .action(async ({ json }) => {
      const status = await client().call<MailStatus>("GET", "/mail");
      answer({ terminal, json }, status, () => showStatus(terminal, status));
    });
  mail
    .command("test")
    .description("send a test mail to yourself, or to another user")
    .option("--to <address>", "by which they sign in")
    .option(...jsonOption)
    .action(async ({ to, json }) => {
      const sent = await client().call<TestMailView>("POST", "/mail/test", { ...(to && { to }) });
      answer({ terminal, json }, sent, () => terminal.out(`The mail server took a test mail to ${sent.to}.`));
    });
};

function showStatus({ out }: Terminal, { server, queue }: MailStatus): void {
  if (server === null) {
    out("No mail server is configured: set GRAFT_SMTP_URL and GRAFT_MAIL_FROM where Graft is started.");
    return;
  }
  const security = server.security === "tls" ? "TLS" : "STARTTLS where offered";
  out(
    `${server.host}:${server.port}, ${security}, ${server.signsIn ? "signs in" : "no sign-in"}, as ${server.from}`,
  );
  const next = queue.nextAt === null ? "" : `, the next one at ${formatTime(queue.nextAt)}`;
  const tried = queue.retrying === 0 ? "" : `, ${queue.retrying} of them tried without success`;
  out(queue.waiting === 0 ? "No mail is waiting." : `${count(queue.waiting, "mail")} waiting${tried}${next}`);
  const { lastError } = queue;
  if (lastError !== null)
    out(
      `${formatTime(lastError.at)}: ${lastError.message} (${lastError.willRetry ? "will be tried again" : "given up"})`,
    );
}
