import type { Identity } from "../../people/index.ts";
import type { NotificationSource } from "./types.ts";

export interface Mail {
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
}

interface Parts {
  title: string;
  body: string;
  path: string | null;
  source: NotificationSource;
  identity: Identity;
  /** Without a slash at the end. */
  baseUrl: string;
}

/** A short mail: what happened, a link to it, and how to get no more of them. Nothing in it is fetched from anywhere. */
export function composeMail({ title, body, path, source, identity, baseUrl }: Parts): Mail {
  const page = `${baseUrl}/m/${source.module}${path === null || path === "/" ? "" : path}`;
  const link = source.hasPages ? page : baseUrl;
  const settings = `${baseUrl}/account#notifications`;
  const why = `You get “${source.title}” of ${source.moduleTitle} by mail.`;
  return {
    to: { name: identity.name, address: identity.email },
    // A line break would begin another header.
    subject: `${source.moduleTitle}: ${title}`.replace(/[\r\n]+/g, " "),
    text: `${[title, body, link].filter((part) => part !== "").join("\n\n")}\n\n-- \n${why} Change that: ${settings}\n`,
    html: [
      `<!doctype html><html><body style="margin:0;padding:24px;font:15px/1.5 system-ui,sans-serif;color:#1c1c1f">`,
      `<p style="margin:0 0 8px;color:#6b6b73">${escapeHtml(source.moduleTitle)}</p>`,
      `<h1 style="margin:0 0 12px;font-size:18px">${escapeHtml(title)}</h1>`,
      body === "" ? "" : `<p style="margin:0 0 16px;white-space:pre-wrap">${escapeHtml(body)}</p>`,
      `<p style="margin:0 0 24px"><a href="${escapeHtml(link)}" style="color:#3f5bd9">Open ${escapeHtml(source.moduleTitle)}</a></p>`,
      `<p style="margin:0;font-size:13px;color:#6b6b73">${escapeHtml(why)} <a href="${escapeHtml(settings)}" style="color:#6b6b73">Change that</a></p>`,
      "</body></html>",
    ].join("\n"),
  };
}

/** Says that mail works, to whoever asked. */
export function composeTestMail(identity: Pick<Identity, "name" | "email">, baseUrl: string): Mail {
  const words = `Mail from Graft works. You, or another administrator of ${baseUrl}, asked for this test.`;
  return {
    to: { name: identity.name, address: identity.email },
    subject: "Graft: test mail",
    text: `${words}\n\n${baseUrl}/admin/mail\n`,
    html: `<!doctype html><html><body style="margin:0;padding:24px;font:15px/1.5 system-ui,sans-serif;color:#1c1c1f"><p style="margin:0 0 16px">${escapeHtml(words)}</p><p style="margin:0"><a href="${escapeHtml(`${baseUrl}/admin/mail`)}" style="color:#3f5bd9">E-mail settings</a></p></body></html>`,
  };
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => entities[char] ?? char);
}
