/** @jsxImportSource preact */
import DOMPurify from "dompurify";
import { marked } from "marked";
import { useMemo } from "preact/hooks";
import { useApp } from "./use-app.ts";

/** Authors' Markdown as sanitised HTML. Links open in a new tab through the host. */
export function Markdown({ text }: { text: string }) {
  const { graft } = useApp();
  const html = useMemo(() => toHtml(text), [text]);
  const openLink = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link) return;
    event.preventDefault();
    graft.open(link.href);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the links inside take the keyboard and bubble their click here
    // biome-ignore lint/a11y/noStaticElementInteractions: as above
    // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised by DOMPurify
    <div class="markdown" onClick={openLink} dangerouslySetInnerHTML={{ __html: html }} />
  );
}

function toHtml(text: string): string {
  const html = marked.parse(text, { async: false, gfm: true, breaks: true });
  return DOMPurify.sanitize(html, {
    USE_PROFILES: { html: true },
    FORBID_TAGS: ["style", "form"],
    FORBID_ATTR: ["style"],
  });
}

/** The first words, for a list. */
export function toExcerpt(text: string, length = 160): string {
  const fragment = DOMPurify.sanitize(marked.parse(text, { async: false }), { RETURN_DOM_FRAGMENT: true });
  for (const element of fragment.querySelectorAll("table, pre")) element.remove();
  const plain = (fragment.textContent ?? "").replace(/\s+/g, " ").trim();
  return plain.length <= length ? plain : `${plain.slice(0, length).replace(/\s+\S*$/, "")}…`;
}
