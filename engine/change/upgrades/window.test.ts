import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { weekdays } from "../../../contract/upgrades.ts";
import { isTimeZone, nextWindow, openWindow, type Schedule } from "./window.ts";

const everyDay = [...weekdays];
const schedule = (from: string, to: string, timeZone: string, days = everyDay): Schedule => ({
  ...{ days, from, to, timeZone },
});
const iso = (window: { start: Date; end: Date } | null) =>
  window && [window.start.toISOString().slice(0, 16), window.end.toISOString().slice(0, 16)];
const next = (from: Schedule, at: string) => iso(nextWindow(from, new Date(at)));
const open = (from: Schedule, at: string) => iso(openWindow(from, new Date(at)));

test.each([
  ["UTC", "2026-03-10T12:00Z", ["2026-03-11T02:00", "2026-03-11T05:00"]],
  ["Europe/Vienna", "2026-01-10T12:00Z", ["2026-01-11T01:00", "2026-01-11T04:00"]],
  ["Europe/Vienna", "2026-07-10T12:00Z", ["2026-07-11T00:00", "2026-07-11T03:00"]],
  ["America/New_York", "2026-01-10T12:00Z", ["2026-01-11T07:00", "2026-01-11T10:00"]],
  ["America/Los_Angeles", "2026-07-10T12:00Z", ["2026-07-11T09:00", "2026-07-11T12:00"]],
  ["Asia/Kathmandu", "2026-07-10T12:00Z", ["2026-07-10T20:15", "2026-07-10T23:15"]],
  ["Asia/Kolkata", "2026-07-10T12:00Z", ["2026-07-10T20:30", "2026-07-10T23:30"]],
  ["Pacific/Kiritimati", "2026-07-10T11:00Z", ["2026-07-10T12:00", "2026-07-10T15:00"]],
  ["Pacific/Pago_Pago", "2026-07-10T11:00Z", ["2026-07-10T13:00", "2026-07-10T16:00"]],
  ["Australia/Adelaide", "2026-12-10T12:00Z", ["2026-12-10T15:30", "2026-12-10T18:30"]],
])("02:00 to 05:00 in %s, seen from %s", (zone, at, window) => {
  expect(next(schedule("02:00", "05:00", zone), at)).toEqual(window);
});

test.each([
  // Put forward: 02:00 becomes 03:00.
  ["Europe/Vienna", "01:00", "04:00", "2026-03-28T12:00Z", ["2026-03-29T00:00", "2026-03-29T02:00"]],
  ["Europe/Vienna", "02:30", "04:00", "2026-03-28T12:00Z", ["2026-03-29T01:30", "2026-03-29T02:00"]],
  ["Europe/Vienna", "02:15", "02:45", "2026-03-28T12:00Z", ["2026-03-29T01:15", "2026-03-29T01:45"]],
  ["Europe/Vienna", "02:30", "03:00", "2026-03-28T12:00Z", ["2026-03-29T01:30", "2026-03-29T02:00"]],
  ["America/New_York", "02:30", "03:30", "2026-03-07T18:00Z", ["2026-03-08T07:30", "2026-03-08T08:30"]],
  // Put back: 02:00 to 03:00 is shown twice.
  ["Europe/Vienna", "01:00", "04:00", "2026-10-24T12:00Z", ["2026-10-24T23:00", "2026-10-25T03:00"]],
  ["Europe/Vienna", "02:30", "04:00", "2026-10-24T12:00Z", ["2026-10-25T00:30", "2026-10-25T03:00"]],
  ["America/New_York", "01:30", "03:00", "2026-10-31T18:00Z", ["2026-11-01T05:30", "2026-11-01T08:00"]],
  // By half an hour, at midnight, across midnight.
  ["Australia/Lord_Howe", "01:45", "03:00", "2026-10-03T12:00Z", ["2026-10-03T15:15", "2026-10-03T16:00"]],
  ["Australia/Lord_Howe", "02:15", "03:00", "2026-10-03T12:00Z", ["2026-10-03T15:45", "2026-10-03T16:00"]],
  ["Africa/Cairo", "00:30", "02:00", "2026-04-23T12:00Z", ["2026-04-23T22:30", "2026-04-23T23:00"]],
  ["Europe/Vienna", "23:00", "04:00", "2026-03-28T12:00Z", ["2026-03-28T22:00", "2026-03-29T02:00"]],
  ["Europe/Vienna", "23:00", "04:00", "2026-10-24T12:00Z", ["2026-10-24T21:00", "2026-10-25T03:00"]],
])("where clocks change, %s %s to %s", (zone, from, to, at, window) => {
  expect(next(schedule(from, to, zone), at)).toEqual(window);
});

test("a window belongs to the day on which it begins", () => {
  const fridayNight = schedule("22:00", "02:00", "Europe/Vienna", ["fri"]);
  const window = ["2026-06-12T20:00", "2026-06-13T00:00"];
  expect(next(fridayNight, "2026-06-10T12:00Z")).toEqual(window);
  expect(open(fridayNight, "2026-06-12T23:59Z")).toEqual(window);
  expect(open(fridayNight, "2026-06-12T19:59Z")).toBeNull();
  expect(open(fridayNight, "2026-06-13T20:30Z")).toBeNull();
  expect(next(fridayNight, "2026-06-12T23:59Z")).toEqual(["2026-06-19T20:00", "2026-06-20T00:00"]);
});

test("its first instant is inside and its last is not", () => {
  const night = schedule("02:00", "05:00", "UTC");
  expect(open(night, "2026-06-10T02:00:00.000Z")).not.toBeNull();
  expect(open(night, "2026-06-10T04:59:59.999Z")).not.toBeNull();
  expect(open(night, "2026-06-10T05:00:00.000Z")).toBeNull();
  expect(open(night, "2026-06-10T01:59:59.999Z")).toBeNull();
});

test("from and to alike is a whole day, whatever its length", () => {
  const always = schedule("03:00", "03:00", "Europe/Vienna", ["sat"]);
  expect(next(always, "2026-03-25T00:00Z")).toEqual(["2026-03-28T02:00", "2026-03-29T01:00"]);
  expect(next(always, "2026-10-21T00:00Z")).toEqual(["2026-10-24T01:00", "2026-10-25T02:00"]);
});

test("without a day there is no window", () => {
  const never = schedule("02:00", "05:00", "UTC", []);
  expect(next(never, "2026-06-10T02:30Z")).toBeNull();
  expect(open(never, "2026-06-10T02:30Z")).toBeNull();
});

test("in every zone the next window begins within eight days, ends after it begins, and is open in between", () => {
  const zones = Intl.supportedValuesOf("timeZone");
  const time = fc.integer({ min: 0, max: 1439 });
  const clock = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  const date = fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2037, 0) });
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom(...weekdays),
      time,
      time,
      date,
      (zone, day, a, b, at) => {
        const chosen = schedule(clock(a), clock(b), zone, [day]);
        const window = nextWindow(chosen, new Date(at));
        if (!window) throw new Error("no window");
        const { start, end } = window;
        expect(start.getTime()).toBeGreaterThan(at);
        expect(start.getTime() - at).toBeLessThan(8 * 86_400_000);
        expect(end.getTime()).toBeGreaterThan(start.getTime());
        expect(openWindow(chosen, new Date((start.getTime() + end.getTime()) / 2))).toEqual(window);
        // Where clocks jump over it, it begins later, never earlier, by no more than they jump.
        const { hour, minute } = Temporal.Instant.fromEpochMilliseconds(start.getTime()).toZonedDateTimeISO(
          zone,
        );
        const shown = hour * 60 + minute;
        expect((shown - a + 1440) % 1440).toBeLessThanOrEqual(180);
      },
    ),
    { numRuns: 400 },
  );
});

test("only names of zones are zones", () => {
  expect(["UTC", "Europe/Vienna", "America/Argentina/Ushuaia"].map(isTimeZone)).toEqual([true, true, true]);
  expect(["", "Vienna", "Europe/Atlantis"].map(isTimeZone)).toEqual([false, false, false]);
});
