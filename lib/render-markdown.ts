import { marked } from "marked";
import sanitize from "sanitize-html";

const allowed: sanitize.IOptions = {
  allowedTags: [
    ...["h1", "h2", "h3", "h4", "h5", "h6", "p", "a", "ul", "ol", "li", "blockquote", "hr", "br"],
    ...["strong", "em", "del", "code", "pre", "kbd", "sub", "sup", "img", "details", "summary", "span"],
    ...["table", "thead", "tbody", "tr", "th", "td"],
  ],
  allowedAttributes: {
    a: ["href", "rel", "target"],
    img: ["src", "alt", "width", "height"],
    ol: ["start"],
    pre: ["tabindex"],
  },
  allowedSchemes: ["https", "http", "mailto"],
  allowProtocolRelative: false,
};

interface MarkdownOptions {
  /** Where relative images come from; without it all are left out. */
  fileBase?: string;
  /** `/m/polls`: paths are the module's own pages there, and nothing else of this host is linked to. */
  pageBase?: string;
  headingLevel?: number;
}

/**
 * A module author's Markdown as HTML that is safe to place in a page. Headings begin at `headingLevel`;
 * images that are not the module's own are left out: opening a README must not tell a stranger.
 */
export function renderMarkdown(source: string, options: MarkdownOptions = {}): string {
  const { fileBase = "", pageBase, headingLevel = 2 } = options;
  const html = marked.parse(source, { async: false, gfm: true });
  const safe = sanitize(html, {
    ...allowed,
    transformTags: {
      // One that may not lead anywhere is its text.
      a: (tagName, attribs) => {
        const link = linkOf(attribs.href ?? "", pageBase);
        return link === null ? { tagName: "span", attribs: {} } : { tagName, attribs: link };
      },
      // What scrolls must be reachable by keyboard.
      pre: (tagName) => ({ tagName, attribs: { tabindex: "0" } }),
      img: (tagName, attribs) => ({
        tagName,
        attribs: { alt: attribs.alt ?? "", src: ownFile(attribs.src, fileBase) },
      }),
      ...shiftedHeadings(headingLevel - 1),
    },
    exclusiveFilter: (frame) => frame.tag === "img" && !frame.attribs.src,
  });
  // The corner of a table of figures has no heading to announce.
  return safe.replaceAll("<th></th>", "<td></td>");
}

function linkOf(href: string, pageBase: string | undefined): Record<string, string> | null {
  const away = { href, rel: "noreferrer nofollow", target: "_blank" };
  if (pageBase === undefined || /^https?:\/\//i.test(href)) return away;
  const own = new URL("http://graft.invalid");
  const path = `${pageBase}${href === "/" ? "" : href}`;
  if (pageBase === "" || !href.startsWith("/") || !URL.canParse(path, own)) return null;
  const { origin, pathname, search, hash } = new URL(path, own);
  const inside = origin === own.origin && (pathname === pageBase || pathname.startsWith(`${pageBase}/`));
  return inside ? { href: pathname + search + hash } : null;
}

function ownFile(src: string | undefined, fileBase: string): string {
  if (src === undefined || fileBase === "" || /^([a-z][a-z0-9+.-]*:|\/)/i.test(src) || src.includes(".."))
    return "";
  return `${fileBase}/${src.replace(/^\.\//, "")}`;
}

function shiftedHeadings(by: number): Record<string, string> {
  return Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`h${level}`, `h${Math.min(6, level + by)}`]));
}
