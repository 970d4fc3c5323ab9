/** What kept a mail from going out, on one line, and what an operator can do about it. */
export interface MailProblem {
  text: string;
  advice: string;
}

/** By what nodemailer and OpenSSL say of the way to the server: true, but no words for people. */
const onTheWay: [sign: RegExp, text: string, advice: string][] = [
  [
    /wrong version number|packet length too long/,
    "The server does not speak TLS from the first byte.",
    "Begin GRAFT_SMTP_URL with smtp://; where the server offers STARTTLS, it is used.",
  ],
  [
    /Greeting never received/,
    "The server took the connection and did not greet.",
    "Where it expects TLS from the first byte, as on port 465, begin GRAFT_SMTP_URL with smtps://.",
  ],
  [
    /ECONNREFUSED/,
    "Nothing takes connections there.",
    "Check the host and the port in GRAFT_SMTP_URL, and whether that server runs.",
  ],
  [/ENOTFOUND|EAI_AGAIN/, "The name of the server is not known here.", "Check the host in GRAFT_SMTP_URL."],
  [
    /ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/,
    "The server does not answer.",
    "Check the host and the port in GRAFT_SMTP_URL, and whether a firewall lets this machine reach them.",
  ],
];

export function mailProblem(error: unknown): MailProblem {
  const { code, message, response } = error as { code?: string; message?: string; response?: string };
  const text = oneLine(response ?? message ?? String(error));
  if (response !== undefined)
    return {
      text: `The server answered: ${text}`,
      advice:
        code === "EAUTH"
          ? "Check the user and the password in GRAFT_SMTP_URL; in it, characters such as @ and / are written %40 and %2F."
          : "Check GRAFT_MAIL_FROM, and what that server lets this host send.",
    };
  const known = onTheWay.find(([sign]) => sign.test(`${code} ${text}`));
  if (known) return { text: known[1], advice: known[2] };
  if (/certificate|altnames/i.test(text))
    return {
      text: `The server's certificate is not accepted: ${text}`,
      advice: "Renew it, or name the authority that signed it in NODE_EXTRA_CA_CERTS where Graft is started.",
    };
  return {
    text: text === "" ? "The mail server gave no reason." : text,
    advice: "Check GRAFT_SMTP_URL and GRAFT_MAIL_FROM, and whether this machine reaches that server.",
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim().slice(0, 300);
}
