import { expect, test } from "vitest";
import { compareGenerations } from "./compare-generations.ts";

const module = (name: string, version: string, digest = `${name}${version}`) => ({
  name,
  version,
  digest: `sha256:${digest}` as const,
});

test("added, removed, upgraded, downgraded and rebuilt modules are told apart; unchanged ones are left out", () => {
  const from = [module("a", "1.0.0"), module("b", "1.9.0"), module("c", "1.0.0"), module("d", "2.0.0", "x")];
  const to = [module("b", "1.10.0"), module("c", "0.9.0"), module("d", "2.0.0", "y"), module("e", "1.0.0")];
  expect(
    compareGenerations(
      { modules: [...from, module("z", "1.0.0")], settings: null },
      { modules: [...to, module("z", "1.0.0")], settings: null },
    ),
  ).toEqual({
    modules: [
      { kind: "removed", name: "a", from: "1.0.0", to: null },
      { kind: "upgraded", name: "b", from: "1.9.0", to: "1.10.0" },
      { kind: "downgraded", name: "c", from: "1.0.0", to: "0.9.0" },
      { kind: "rebuilt", name: "d", from: "2.0.0", to: "2.0.0" },
      { kind: "added", name: "e", from: null, to: "1.0.0" },
    ],
    access: [],
    config: [],
    settingsKnown: false,
  });
});

test("access and settings are compared by target and key, a secret without its value or mark", () => {
  const of = (settings: Parameters<typeof compareGenerations>[0]["settings"]) => ({ modules: [], settings });
  const compared = compareGenerations(
    of({
      polls: {
        access: { polls: { mode: "everyone" }, "polls/active": { mode: "nobody" } },
        config: {
          key: "••••aaaaaa",
          mail: { from: "a@x", to: "b@x" },
          gone: 1,
          same: "••••cccccc",
          was: "plain",
        },
      },
      left: { access: {}, config: { key: 1 } },
    }),
    of({
      polls: {
        access: { polls: { mode: "groups", groups: ["staff"] } },
        config: {
          key: "••••bbbbbb",
          mail: { from: "a@x", to: "c@x" },
          same: "••••cccccc",
          token: "••••dddddd",
          was: "••••eeeeee",
        },
      },
      added: { access: { added: { mode: "everyone" } }, config: { key: 2 } },
    }),
  );
  expect(compared.settingsKnown).toBe(true);
  expect(compared.access).toEqual([
    { target: "polls", from: { mode: "everyone" }, to: { mode: "groups", groups: ["staff"] } },
    { target: "polls/active", from: { mode: "nobody" }, to: null },
  ]);
  expect(compared.config).toEqual([
    { module: "polls", key: "gone", secret: false, from: 1, to: null },
    { module: "polls", key: "key", secret: true, from: "••••", to: "••••" },
    { module: "polls", key: "mail.to", secret: false, from: "b@x", to: "c@x" },
    { module: "polls", key: "token", secret: true, from: null, to: "••••" },
    { module: "polls", key: "was", secret: true, from: "••••", to: "••••" },
  ]);
  expect(JSON.stringify(compared)).not.toMatch(/aaaaaa|bbbbbb|dddddd|eeeeee|plain/);
});
