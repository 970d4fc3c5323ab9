import fc from "fast-check";
import { expect, test } from "vitest";
import { outdatedBackups } from "./retention.ts";

const daily = (from: string, count: number, hour = 2) =>
  Array.from({ length: count }, (_, i) => {
    const at = new Date(Date.parse(`${from}T0${hour}:00:00Z`) + i * 86_400_000);
    return { name: at.toISOString().slice(0, 10), at };
  });
const keptOf = (backups: { name: string; at: Date }[], gone: string[]) =>
  backups.map(({ name }) => name).filter((name) => !gone.includes(name));

test("the newest of each of the last days, weeks and months stays", () => {
  const backups = daily("2026-09-01", 91);
  const gone = outdatedBackups(backups, { days: 3, weeks: 3, months: 3, timeZone: "UTC" });
  expect(keptOf(backups, gone)).toEqual([
    "2026-09-30",
    "2026-10-31",
    "2026-11-22",
    "2026-11-28",
    "2026-11-29",
    "2026-11-30",
  ]);
});

test("days begin where the schedule's time zone says", () => {
  const at = (time: string) => ({ name: time, at: new Date(time) });
  const backups = [at("2026-11-29T22:30:00Z"), at("2026-11-29T23:30:00Z"), at("2026-11-30T01:00:00Z")];
  const one = { days: 2, weeks: 0, months: 0 };
  expect(outdatedBackups(backups, { ...one, timeZone: "UTC" })).toEqual(["2026-11-29T22:30:00Z"]);
  expect(outdatedBackups(backups, { ...one, timeZone: "Europe/Vienna" })).toEqual(["2026-11-29T23:30:00Z"]);
});

test("weeks of a year's end are whole weeks", () => {
  const backups = daily("2026-12-28", 7);
  expect(
    keptOf(backups, outdatedBackups(backups, { days: 0, weeks: 9, months: 0, timeZone: "UTC" })),
  ).toEqual(["2027-01-03"]);
});

test("the newest is never removed, nor what is to be kept, nor anything while there is room", () => {
  const backups = daily("2026-11-01", 5);
  const none = { days: 0, weeks: 0, months: 0 };
  expect(outdatedBackups(backups, { ...none, timeZone: "UTC" }, (name) => name === "2026-11-02")).toEqual([
    "2026-11-04",
    "2026-11-03",
    "2026-11-01",
  ]);
  fc.assert(
    fc.property(
      fc.array(fc.date({ min: new Date("2020-01-01"), max: new Date("2030-01-01"), noInvalidDate: true })),
      fc.record({ days: fc.nat(10), weeks: fc.nat(10), months: fc.nat(10) }),
      (dates, retention) => {
        const all = dates.map((at, i) => ({ name: String(i), at }));
        const gone = outdatedBackups(all, { ...retention, timeZone: "Europe/Vienna" });
        const stays = all.length - gone.length;
        expect(stays).toBeLessThanOrEqual(1 + retention.days + retention.weeks + retention.months);
        expect(stays).toBeGreaterThanOrEqual(Math.min(all.length, 1));
        // Looked at again, nothing more goes.
        const left = all.filter(({ name }) => !gone.includes(name));
        expect(outdatedBackups(left, { ...retention, timeZone: "Europe/Vienna" })).toEqual([]);
      },
    ),
  );
});
