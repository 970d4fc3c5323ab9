import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "./main.ts";
import { formatTime } from "./terminal.ts";

const variant = (name: string, mean: number, over = {}) => ({
  ...{ variant: name, users: 40, mean, difference: null, low: null, high: null, pValue: null },
  ...over,
});
const results = (alarm: boolean) => ({
  at: "2026-01-31T12:00:00.000Z",
  verdict: { kind: "winner", variant: "on" },
  ratio: { alarm },
  crossed: 2,
  alphaEach: 0.05,
  goals: [
    {
      title: "Read it",
      variants: [
        variant("off", 0.125),
        variant("on", 0.5, { difference: 0.375, low: 0.1, high: 0.65, pValue: 0.00123 }),
      ],
    },
  ],
});
const answers: Record<string, unknown> = {
  "/api/v1/graft/experiments": {
    items: [{ id: "e-1", title: "Bigger", flagKey: "news.big", status: "running", winner: null }],
    nextCursor: null,
  },
  "/api/v1/graft/experiments/e-1/results": results(false),
  "/api/v1/graft/experiments/e-2/results": results(true),
};

let server: Server;
beforeAll(async () => {
  server = createServer((req, res) => res.end(JSON.stringify(answers[req.url ?? ""])));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
});
afterAll(() => new Promise<void>((done) => void server.close(() => done())));

async function graft(...args: string[]): Promise<string[]> {
  const lines: string[] = [];
  const terminal = {
    out: (line: string) => void lines.push(...line.split("\n")),
    err: (line: string) => void lines.push(line),
    ask: async () => null,
    style: (_: string, text: string) => text,
  };
  const GRAFT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await run(args, { terminal, env: { GRAFT_URL, GRAFT_TOKEN: "graft_x" }, cwd: "/" })).toBe(0);
  return lines;
}

test("lists experiments with their state", async () => {
  expect(await graft("experiments")).toEqual([
    "ID   STATE    FLAG      TITLE   WINNER",
    "e-1  running  news.big  Bigger",
  ]);
});

test("says the verdict first, when it was counted, then the figures", async () => {
  expect(await graft("experiments", "e-1")).toEqual([
    "Decided: on is better.",
    `Counted ${formatTime("2026-01-31T12:00:00.000Z")}.`,
    "2 used more than one variant and count for none.",
    "",
    "Read it",
    "VARIANT  USERS  MEAN   DIFFERENCE  95 % INTERVAL  P",
    "off      40     0.125  –           –              –",
    "on       40     0.5    0.375       0.1 to 0.65    0.0012",
  ]);
});

test("no verdict stands beside shares that are wrong", async () => {
  const [first, ...rest] = await graft("experiments", "e-2");
  expect(first).toBe("The shares are wrong: do not trust these figures (sample ratio).");
  expect(rest.join("\n")).not.toContain("Decided");
});
