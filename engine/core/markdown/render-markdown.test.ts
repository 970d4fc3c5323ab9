import { expect, test } from "vitest";
import { renderMarkdown } from "./render-markdown.ts";

const fileBase = "/frames/abc";

test.each([
  ["a script", "<script>alert(1)</script>", "script"],
  ["an event handler", '<img src="a.png" onerror="alert(1)">', "onerror"],
  ["a javascript link", "[x](javascript:alert(1))", "javascript:"],
  ["a style", '<p style="position:fixed">x</p>', "style"],
  ["a frame", '<iframe src="https://example.org"></iframe>', "iframe"],
  ["a form", '<form action="/api"><input name="a"></form>', "form"],
  ["what a browser reads otherwise: xmp", "<xmp><img src=x onerror=alert(1)></xmp>", "onerror"],
  [
    "markup in what is thrown away",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "onerror",
  ],
  ["markup that svg hides", "<svg><style><img src=x onerror=alert(1)></style></svg>", "onerror"],
  ["markup that math hides", "<math><mtext><mglyph><style><img src=x onerror=alert(1)>", "onerror"],
  ["a refresh", '<meta http-equiv="refresh" content="0;url=https://example.org">', "example.org"],
  ["a link to whatever scheme the page has", "[x](//example.org)", "example.org"],
  ["an id that shadows a page's own", '<p id="getElementById">x</p>', "id="],
])("%s does not survive", (_what, source, forbidden) => {
  expect(renderMarkdown(source, { fileBase })).not.toContain(forbidden);
});

test("an image from elsewhere is left out, one of the module comes from its own files", () => {
  const html = renderMarkdown("![a](https://example.org/a.png) ![b](./assets/b.png) ![c](../c.png)", {
    fileBase,
  });
  expect(html).not.toContain("example.org");
  expect(html).not.toContain("c.png");
  expect(html.match(/<img/g)).toHaveLength(1);
  expect(html).toContain('src="/frames/abc/assets/b.png"');
});

test("with a base for pages, paths are the module's own pages and lead nowhere else on the host", () => {
  const render = (link: string) => renderMarkdown(`[x](${link})`, { pageBase: "/m/polls" }).trim();
  expect(render("/open?x=1")).toBe('<p><a href="/m/polls/open?x=1">x</a></p>');
  expect(render("/")).toBe('<p><a href="/m/polls">x</a></p>');
  for (const link of ["/../../admin", "/../polls2", "admin", "javascript:alert(1)", "mailto:a@example.org"])
    expect(render(link)).toBe("<p><span>x</span></p>");
  expect(renderMarkdown("[a](b) [c](https://example.org) [d](e)", { pageBase: "/m/polls" })).toBe(
    '<p><span>a</span> <a href="https://example.org" rel="noreferrer nofollow" target="_blank">c</a> <span>d</span></p>\n',
  );
  expect(render("https://example.org/a")).toContain('rel="noreferrer nofollow"');
  expect(renderMarkdown("[x](/open)", { pageBase: "" })).toBe("<p><span>x</span></p>\n");
});

test("headings start below the heading they stand under", () => {
  expect(renderMarkdown("# Top\n## Next", { headingLevel: 3 })).toBe("<h3>Top</h3>\n<h4>Next</h4>\n");
});

test("code can be scrolled by keyboard and no empty heading is announced", () => {
  expect(renderMarkdown("```\nlong\n```")).toContain('<pre tabindex="0">');
  expect(renderMarkdown("| | a |\n|---|---|\n| b | 1 |")).not.toContain("<th></th>");
});
