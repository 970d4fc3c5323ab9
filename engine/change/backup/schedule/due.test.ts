import { expect, test } from "vitest";
import { type Attempt, isDue, lastDue, nextDue } from "./due.ts";

const vienna = { at: "02:30", timeZone: "Europe/Vienna" };
const at = (text: string) => new Date(text);

test("a day's time is where the clock of the zone shows it", () => {
  expect(lastDue(vienna, at("2026-11-30T01:30:00Z"))).toEqual(at("2026-11-30T01:30:00Z"));
  expect(lastDue(vienna, at("2026-11-30T01:29:59Z"))).toEqual(at("2026-11-29T01:30:00Z"));
  expect(nextDue(vienna, at("2026-11-30T01:30:00Z"))).toEqual(at("2026-12-01T01:30:00Z"));
  expect(nextDue({ at: "23:00", timeZone: "Pacific/Auckland" }, at("2026-11-30T09:00:00Z"))).toEqual(
    at("2026-11-30T10:00:00Z"),
  );
});

test("on days with 23 or 25 hours it comes once", () => {
  // 02:30 is not there on 29 March, and there twice on 25 October.
  expect(lastDue(vienna, at("2026-03-29T12:00:00Z"))).toEqual(at("2026-03-29T01:30:00Z"));
  expect(nextDue(vienna, at("2026-10-25T00:00:00Z"))).toEqual(at("2026-10-25T00:30:00Z"));
  expect(nextDue(vienna, at("2026-10-25T00:30:00Z"))).toEqual(at("2026-10-26T01:30:00Z"));
});

test("a backup is due until one is made, and a failed one is tried again twice, later", () => {
  const since = at("2026-11-01T00:00:00Z");
  const failed = (time: string) => ({ status: "failed" as const, startedAt: at(`2026-11-30T${time}Z`) });
  const due = (attempts: Attempt[], time: string) =>
    isDue(vienna, { attempts, since }, at(`2026-11-30T${time}Z`));
  expect(due([], "01:30:00")).toBe(true);
  expect(due([{ status: "done", startedAt: at("2026-11-29T01:30:00Z") }], "01:30:00")).toBe(true);
  expect(due([{ status: "done", startedAt: at("2026-11-30T01:30:05Z") }], "20:00:00")).toBe(false);
  expect(due([{ status: "running", startedAt: at("2026-11-30T01:30:05Z") }], "03:00:00")).toBe(false);
  expect(due([failed("01:30:00")], "01:40:00")).toBe(false);
  expect(due([failed("01:30:00")], "01:50:00")).toBe(true);
  expect(due([failed("01:30:00"), failed("01:50:00"), failed("02:10:00")], "12:00:00")).toBe(false);
});

test("what was due before the schedule was switched on is not made up for", () => {
  const now = at("2026-11-30T12:00:00Z");
  expect(isDue(vienna, { attempts: [], since: at("2026-11-30T11:00:00Z") }, now)).toBe(false);
  expect(isDue(vienna, { attempts: [], since: at("2026-11-30T01:00:00Z") }, now)).toBe(true);
});
