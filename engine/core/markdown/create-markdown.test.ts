import { expect, test } from "vitest";
import { createMarkdown } from "./index.ts";

const markdown = createMarkdown();
const subject = { module: "polls", file: "README.md" };

test.each([
  ["quotes", `${">".repeat(20_000)} x`],
  ["underscores", "_a*".repeat(30_000)],
  ["brackets", "[".repeat(50_000)],
  ["links", "[a](".repeat(30_000)],
  ["unclosed elements", "<a ".repeat(60_000)],
  ["lists", Array.from({ length: 400 }, (_, i) => `${" ".repeat(i * 2)}- x`).join("\n")],
  ["a table", `|${"a|".repeat(2000)}\n|${"-|".repeat(2000)}\n${`|${"b|".repeat(2000)}\n`.repeat(50)}`],
  ["much text", "# Title\n\nSome *text*.\n\n".repeat(60_000)],
])(
  "%s are drawn or refused with module, file and budget, and this thread goes on meanwhile",
  async (_what, source) => {
    const began = performance.now();
    let longest = 0;
    let last = began;
    const ticking = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 10);
    const outcome = await markdown.render(source, subject).catch((error: unknown) => error);
    clearInterval(ticking);
    if (typeof outcome !== "string")
      expect(outcome).toMatchObject({
        code: "TEXT_OVER_BUDGET",
        message: expect.stringContaining("polls: README.md"),
        details: { module: "polls", file: "README.md" },
      });
    // Where it were drawn here, nothing else would have come in between.
    expect(longest).toBeLessThan(Math.max(500, (performance.now() - began) / 2));
  },
);

test("several texts of a file are drawn in order, and drawn once", async () => {
  const draw = () => markdown.renderAll(["# A", "", "*b*"], { ...subject, headingLevel: 4 });
  expect(await draw()).toEqual(["<h4>A</h4>\n", "", "<p><em>b</em></p>\n"]);
  const began = performance.now();
  for (let i = 0; i < 100; i++) await draw();
  expect(performance.now() - began).toBeLessThan(1000);
});
