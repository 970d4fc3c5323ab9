import type { ReactNode } from "react";
import { rich } from "@/components/ui/rich";

/** The mail server and its queue. */
export const texts = {
  email: "E-mail",
  emailExplained: "How notifications reach people who are not looking at Graft.",
  notConfigured: "No mail server is configured",
  notConfiguredHint: "Notifications appear in the bell only.",
  test: "Test",
  testExplained: (email: string) => `Sends a short mail to ${email} right away.`,
  setUp: "Setup",
  setUpExplained:
    "Configured where Graft is started, not here, so that the password stays out of the database and its backups.",
  starttls: "STARTTLS where the server offers it",
  notSentYet: "A mail could not be sent yet",
  notSent: "A mail could not be sent",
  server: "Server",
  address: "Address",
  encryption: "Encryption",
  signsIn: "Authentication",
  withPassword: "User name and password",
  noSignIn: "None",
  sender: "Sender",
  queue: "Queue",
  waiting: "Waiting",
  retrying: "Failed, will be retried",
  next: "Next attempt",
  none: "None",
  environmentVariables: "Environment variables",
  setUpDetails: ({
    tls,
    starttls,
    at,
    encodedAt,
    file,
  }: Record<"tls" | "starttls" | "at" | "encodedAt" | "file", ReactNode>) =>
    rich`${tls} uses TLS on port 465; ${starttls} upgrades to TLS where the server offers it. In the user name and password, write ${at} as ${encodedAt}. To keep the password out of the environment, set ${file} to the path of a file that holds the address. Graft reads these when it starts.`,
  sendTest: "Send me a test mail",
  testSent: "The mail server accepted it",
  testSentHint: (email: string) =>
    `It should reach ${email} in a moment. If it does not, check the spam folder and the server’s log.`,
} as const;
