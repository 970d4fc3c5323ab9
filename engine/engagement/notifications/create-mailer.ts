import { createTransport } from "nodemailer";
import type { MailServer } from "../../../contract/mail.ts";
import type { Mail } from "./compose-mail.ts";

/** What mail is sent through, as people may see it: never the password. */
export interface Mailer {
  server: MailServer;
  /** Hands one message to the mail server. Throws what the server said. */
  send(mail: Mail): Promise<void>;
}

/**
 * Sends through the server of an SMTP address: `smtps://user:password@mail.example.org`, or `smtp://…:587`, which
 * upgrades by STARTTLS where the server offers it. `from` is an address, or `Name <address>`.
 */
export function createMailer(smtpUrl: string, from: string): Mailer {
  const transport = createTransport(
    { url: smtpUrl, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 },
    { from },
  );
  const { protocol, hostname, port, username } = new URL(smtpUrl);
  const tls = protocol === "smtps:";
  return {
    server: {
      host: hostname.replace(/^\[|\]$/g, ""),
      port: port === "" ? (tls ? 465 : 587) : Number(port),
      security: tls ? "tls" : "starttls",
      signsIn: username !== "",
      from,
    },
    async send({ to, subject, text, html }) {
      // Auto-Submitted (RFC 3834): no out-of-office note answers a machine.
      await transport.sendMail({ to, subject, text, html, headers: { "auto-submitted": "auto-generated" } });
    },
  };
}
