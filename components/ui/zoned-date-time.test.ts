import { describe, expect, it } from "vitest";
import { fromInputDateTime, toInputDateTime, zoneName } from "./zoned-date-time.ts";

const seconds = (iso: string) => Date.parse(iso) / 1000;

describe("a moment in the time zone of whoever edits it", () => {
  it.each([
    ["2027-01-10T09:00", "Europe/Berlin", "2027-01-10T08:00:00Z"],
    ["2027-07-10T09:00", "Europe/Berlin", "2027-07-10T07:00:00Z"],
    ["2027-07-10T09:00", "Asia/Kolkata", "2027-07-10T03:30:00Z"],
    ["2027-01-10T09:00", "America/New_York", "2027-01-10T14:00:00Z"],
    ["2027-01-10T09:00", "UTC", "2027-01-10T09:00:00Z"],
  ])("%s in %s is %s", (text, zone, iso) => {
    expect(fromInputDateTime(text, zone)).toBe(seconds(iso));
    expect(toInputDateTime(seconds(iso), zone)).toBe(text);
  });

  it("takes the first of an hour that the clock shows twice, and the hour after one it skips", () => {
    expect(fromInputDateTime("2026-10-25T02:30", "Europe/Berlin")).toBe(seconds("2026-10-25T00:30:00Z"));
    const skipped = fromInputDateTime("2026-03-29T02:30", "Europe/Berlin") ?? 0;
    expect(toInputDateTime(skipped, "Europe/Berlin")).toBe("2026-03-29T03:30");
  });

  it("is nothing while the field is not filled in", () => {
    expect(fromInputDateTime("", "Europe/Berlin")).toBeNull();
  });

  it("names the zone and how far it is from UTC at that moment", () => {
    expect(zoneName(seconds("2027-01-10T08:00:00Z"), "Europe/Berlin")).toBe("Europe/Berlin, UTC+01:00");
    expect(zoneName(seconds("2027-01-10T08:00:00Z"), "America/St_Johns")).toBe("America/St_Johns, UTC−03:30");
  });
});
