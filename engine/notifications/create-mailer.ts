import { createTransport } from "nodemailer";
import type { SendMail } from "./mail-queue.ts";

/**
 * Sends through the server of an SMTP address: `smtps://user:password@mail.example.org`, or `smtp://…:587`, which
 * upgrades by STARTTLS where the server offers it. `from` is an address, or `Name <address>`.
 */
export function createMailer(smtpUrl: string, from: string): SendMail {
  const transport = createTransport(
    { url: smtpUrl, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 },
    { from },
  );
  return async ({ to, subject, text, html }) => {
    // Auto-Submitted (RFC 3834): no out-of-office note answers a machine.
    await transport.sendMail({ to, subject, text, html, headers: { "auto-submitted": "auto-generated" } });
  };
}
