import type { Element, ElementContent, Root } from "hast";
import { fromParse5 } from "hast-util-from-parse5";
import { type Schema, sanitize } from "hast-util-sanitize";
import { toParse5 } from "hast-util-to-parse5";
import { marked } from "marked";
import { type DefaultTreeAdapterTypes, parseFragment, serialize } from "parse5";

const allowed: Schema = {
  tagNames: [
    ...["h1", "h2", "h3", "h4", "h5", "h6", "p", "a", "ul", "ol", "li", "blockquote", "hr", "br"],
    ...["strong", "em", "del", "code", "pre", "kbd", "sub", "sup", "img", "details", "summary", "span"],
    ...["table", "thead", "tbody", "tr", "th", "td"],
  ],
  // With their text; of all others the text stays.
  strip: [
    ...["script", "style", "textarea", "option", "noscript", "iframe", "object", "embed", "title"],
    ...["template", "xmp", "noembed", "noframes", "plaintext", "svg", "math"],
  ],
  attributes: { a: ["href"], img: ["src", "alt", "width", "height"], ol: ["start"] },
  protocols: { href: ["https", "http", "mailto"], src: ["https", "http"] },
};

export interface MarkdownOptions {
  /** Where relative images come from; without it all are left out. */
  fileBase?: string;
  /** `/m/polls`: paths are the module's own pages there, and nothing else of this host is linked to. */
  pageBase?: string;
  headingLevel?: number;
}

/**
 * Only for a thread of the pool: what somebody wrote may make it work without end.
 * A module author's Markdown as HTML that is safe to place in a page. Headings begin at `headingLevel`;
 * images that are not the module's own are left out: opening a README must not tell a stranger.
 */
export function renderMarkdown(source: string, options: MarkdownOptions = {}): string {
  const html = marked.parse(source, { async: false, gfm: true });
  // Read as browsers read it, so that what was looked at is what they build.
  const tree = sanitize(fromParse5(parseFragment(html)), allowed) as Root;
  tree.children = tree.children.flatMap((node) => adapt(node as ElementContent, options));
  return serialize(toParse5(tree) as DefaultTreeAdapterTypes.DocumentFragment);
}

/** Links, pictures and headings as they are wanted here; what is not wanted is gone. */
function adapt(node: ElementContent, options: MarkdownOptions): ElementContent[] {
  if (node.type !== "element") return node.type === "text" ? [node] : [];
  const element: Element = { ...node, children: node.children.flatMap((child) => adapt(child, options)) };
  const { fileBase = "", pageBase, headingLevel = 2 } = options;
  const { tagName, properties } = element;
  if (tagName === "a") {
    const link = linkOf(String(properties.href ?? ""), pageBase);
    // One that may not lead anywhere is its text.
    return [
      link === null ? { ...element, tagName: "span", properties: {} } : { ...element, properties: link },
    ];
  }
  if (tagName === "img") {
    const src = ownFile(properties.src, fileBase);
    return src === "" ? [] : [{ ...element, properties: { alt: "", ...properties, src } }];
  }
  // What scrolls must be reachable by keyboard.
  if (tagName === "pre") return [{ ...element, properties: { tabIndex: 0 } }];
  // The corner of a table of figures has no heading to announce.
  if (tagName === "th" && element.children.length === 0) return [{ ...element, tagName: "td" }];
  const level = Number(/^h([1-6])$/.exec(tagName)?.[1]);
  return [level > 0 ? { ...element, tagName: `h${Math.min(6, level + headingLevel - 1)}` } : element];
}

function linkOf(href: string, pageBase: string | undefined): Record<string, string> | null {
  const away = { href, rel: "noreferrer nofollow", target: "_blank" };
  if (href === "" || href.startsWith("//")) return null;
  if (pageBase === undefined || /^https?:\/\//i.test(href)) return away;
  const own = new URL("http://graft.invalid");
  const path = `${pageBase}${href === "/" ? "" : href}`;
  if (pageBase === "" || !href.startsWith("/") || !URL.canParse(path, own)) return null;
  const { origin, pathname, search, hash } = new URL(path, own);
  const inside = origin === own.origin && (pathname === pageBase || pathname.startsWith(`${pageBase}/`));
  return inside ? { href: pathname + search + hash } : null;
}

function ownFile(src: unknown, fileBase: string): string {
  if (
    typeof src !== "string" ||
    fileBase === "" ||
    /^([a-z][a-z0-9+.-]*:|\/)/i.test(src) ||
    src.includes("..")
  )
    return "";
  return `${fileBase}/${src.replace(/^\.\//, "")}`;
}
