import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { readEvents } from "./client.ts";
import { formatBytes, formatMs, formatTime } from "./terminal.ts";

test("graft.mjs runs as a program of its own", () => {
  const bin = join(import.meta.dirname, "graft.mjs");
  const help = spawnSync(process.execPath, [bin, "--help"], { encoding: "utf8" });
  expect(help).toMatchObject({ status: 0, stderr: "" });
  expect(help.stdout).toContain("uninstall");
  expect(spawnSync(process.execPath, [bin, "nonsense"]).status).toBe(2);
  const version = spawnSync(process.execPath, [bin, "--version"], { encoding: "utf8" });
  expect(version).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});

test("events are read however the bytes arrive", async () => {
  const text =
    'data: {"a":1}\n\n: comment\n\nevent: x\r\ndata: {"b":\r\ndata: 2}\r\n\r\ndata: é\n\ndata: cut';
  for (const size of [1, 2, 3, 7, 1000]) {
    const bytes = Buffer.from(text);
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.subarray(i * size, (i + 1) * size),
    );
    const events: string[] = [];
    const arriving = (async function* () {
      yield* chunks;
    })();
    for await (const event of readEvents(arriving)) events.push(event);
    expect(events).toEqual(['{"a":1}', '{"b":\n2}', "é"]);
  }
});

test("figures are short", () => {
  expect([12.4, 1500].map(formatMs)).toEqual(["12 ms", "1.5 s"]);
  expect([3, 2048, 5_000_000, 3e12].map(formatBytes)).toEqual(["3 B", "2.0 KB", "4.8 MB", "2794.0 GB"]);
});

test.each([
  ["Europe/Vienna", "2026-01-31 13:05 +01:00", "2026-07-31 14:05 +02:00"],
  ["America/St_Johns", "2026-01-31 08:35 -03:30", "2026-07-31 09:35 -02:30"],
  ["UTC", "2026-01-31 12:05 +00:00", "2026-07-31 12:05 +00:00"],
])("a time in %s says how far it is from UTC", (zone, winter, summer) => {
  vi.stubEnv("TZ", zone);
  expect(formatTime("2026-01-31T12:05:59Z")).toBe(winter);
  expect(formatTime("2026-07-31T12:05:59Z")).toBe(summer);
  expect(formatTime(null)).toBe("never");
  vi.unstubAllEnvs();
});
