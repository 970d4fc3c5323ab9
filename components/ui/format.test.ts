import { expect, it } from "vitest";
import { noteRequestLocale, withRequestLocale } from "@/lib/request-locale.ts";
import { formatBytes, formatMs, formatNumber, formatShare, plural } from "./format.ts";

it("each answer writes numbers as its own viewer does, though several are on their way", async () => {
  const answer = (locale: string | null) =>
    withRequestLocale(async () => {
      await Promise.resolve();
      noteRequestLocale(locale);
      await new Promise((resolve) => setImmediate(resolve));
      return [
        formatNumber(1234.5),
        plural(1234, "module"),
        formatBytes(1_530_000),
        formatMs(1500),
        formatShare(0.9999),
      ];
    });
  const [german, english] = await Promise.all([answer("de-DE"), answer(null)]);
  expect(german).toEqual(["1.234,5", "1.234 modules", "1,53 MB", "1,5 s", "99,99 %"]);
  expect(english).toEqual(["1,234.5", "1,234 modules", "1.53 MB", "1.5 s", "99.99 %"]);
});
