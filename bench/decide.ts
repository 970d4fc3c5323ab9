// How long one access decision takes, in memory, as the gateway and every page ask it. Run: node bench/decide.ts

import type { AccessSetting } from "../contract/access.ts";
import { compileRules } from "../engine/decisions/access/compile-rules.ts";
import type { Identity } from "../engine/people/index.ts";
import { describeMachine } from "./machine.ts";

const modules = 100;
const groups = Array.from({ length: 50 }, (_, i) => `group-${i}`);
const installed = Array.from({ length: modules }, (_, i) => ({
  name: `module-${i}`,
  widgets: ["one", "two"],
}));
const rules = new Map<string, AccessSetting>();
for (let i = 0; i < modules; i++) {
  rules.set(`module-${i}`, { mode: "groups", groups: groups.filter((_, g) => (g + i) % 5 === 0) });
  rules.set(`module-${i}/one`, { mode: "groups", groups: groups.filter((_, g) => (g + i) % 3 === 0) });
}
const identities: Identity[] = Array.from({ length: 1000 }, (_, i) => ({
  userId: String(i),
  name: `User ${i}`,
  email: `${i}@example.org`,
  role: "member",
  groups: groups.filter((_, g) => (g * 7 + i) % 10 === 0),
  enabled: true,
  sessionEpoch: 1,
  locale: null,
  timeZone: null,
}));

const decide = compileRules(rules, installed);
const cases: [title: string, target: (i: number) => string][] = [
  ["module with groups", (i) => `module-${i % modules}`],
  ["widget with groups of its own", (i) => `module-${i % modules}/one`],
  ["widget that follows its module", (i) => `module-${i % modules}/two`],
  ["unknown module", (i) => `missing-${i % modules}`],
];
const rounds = 20;
const perRound = 200_000;

console.log(describeMachine());
console.log(`${modules} modules, ${groups.length} groups, ${identities[0]?.groups.length} groups a user`);
for (const [title, targetOf] of cases) {
  const targets = Array.from({ length: perRound }, (_, i) => targetOf(i));
  const figures: number[] = [];
  let allowed = 0;
  for (let round = 0; round < rounds; round++) {
    const started = process.hrtime.bigint();
    for (let i = 0; i < perRound; i++) {
      if (decide(identities[i % identities.length] as Identity, targets[i] as string).allowed) allowed++;
    }
    figures.push(Number(process.hrtime.bigint() - started) / perRound);
  }
  figures.sort((a, b) => a - b);
  const p50 = figures[rounds / 2] ?? 0;
  const share = Math.round((allowed / (rounds * perRound)) * 100);
  console.log(`${title.padEnd(32)} p50 ${p50.toFixed(0).padStart(4)} ns a decision (${share} % allowed)`);
}
