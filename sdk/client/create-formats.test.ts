import { describe, expect, it } from "vitest";
import { createFormats } from "./create-formats.ts";

const berlin = createFormats({ locale: "en-GB", timeZone: "Europe/Berlin" });

describe("createFormats", () => {
  it("says how long ago in the largest unit that fits", () => {
    const now = new Date("2026-11-22T12:00:00Z");
    const ago = (iso: string) => berlin.relative(iso, now);
    expect(ago("2026-11-22T11:59:50Z")).toBe("now");
    expect(ago("2026-11-22T11:57:00Z")).toBe("3 minutes ago");
    expect(ago("2026-11-21T11:00:00Z")).toBe("yesterday");
    expect(ago("2026-11-25T12:00:00Z")).toBe("in 3 days");
    expect(ago("2024-11-20T12:00:00Z")).toBe("2 years ago");
  });

  it("takes plural forms from the language of the text, figures from the reader's", () => {
    const french = createFormats({ locale: "fr", timeZone: null });
    const votes = { one: "# vote", other: "# votes" };
    expect([0, 1, 2].map((n) => french.count(n, votes))).toEqual(["0 votes", "1 vote", "2 votes"]);
    expect(createFormats({ locale: "de", timeZone: null }).count(12_345, votes)).toBe("12.345 votes");
  });

  it("goes to an input and back in the user's zone, also on the days the clocks change", () => {
    for (const iso of ["2026-07-01T10:30:00.000Z", "2026-03-29T00:30:00.000Z", "2026-03-29T01:30:00.000Z"]) {
      expect(berlin.fromInput(berlin.toInput(iso))).toBe(iso);
    }
    expect(berlin.toInput("2026-07-01T22:30:00Z")).toBe("2026-07-02T00:30");
    expect([berlin.toInput(null), berlin.fromInput("")]).toEqual(["", null]);
  });
});
