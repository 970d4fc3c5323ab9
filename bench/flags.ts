// One flag with a user list, a group and a percentage, evaluated here and by its peers in one run; all 100 flags of
// one user; who is in 10 % of a million users. Run: node bench/flags.ts
import { FlagdCore } from "@openfeature/flagd-core";
import type { FlagDefinition } from "../contract/flags.ts";
import type { FlagContext } from "../engine/decisions/index.ts";
import { compileFlag } from "../engine/decisions/targeting/compile-flag.ts";
import { writeRunning } from "../engine/engagement/experiments/write-definition.ts";
import { describeMachine } from "./machine.ts";
import { type Ask, type BenchUser, loadPeer } from "./peer.ts";

const listed = Array.from({ length: 20 }, (_, i) => `user-${i * 50}`);
const users: BenchUser[] = Array.from({ length: 1000 }, (_, i) => ({
  targetingKey: `user-${i}`,
  email: `user-${i}@example.org`,
  role: "member",
  groups: i % 20 === 0 ? ["beta", "staff"] : ["staff"],
}));
const definition: FlagDefinition = {
  state: "ENABLED",
  variants: { on: true, off: false },
  defaultVariant: "off",
  targeting: {
    if: [
      { in: [{ var: "targetingKey" }, listed] },
      "on",
      { in: ["beta", { var: "groups" }] },
      "on",
      {
        fractional: [
          ["on", 10],
          ["off", 90],
        ],
      },
    ],
  },
};
const quiet = { error() {}, warn() {}, info() {}, debug() {} };

function graft(given = definition): Ask {
  const flag = compileFlag("bench", given);
  return (user) => flag.evaluate(user).evaluation.value;
}

function flagd(given = definition): Ask {
  const core = new FlagdCore(undefined, quiet);
  core.setConfigurations(JSON.stringify({ flags: { bench: given } }));
  return (user) => core.resolveBooleanEvaluation("bench", false, user as never, quiet).value;
}

/** Millions of evaluations a second of processor time, the median of seven rounds after two to warm up. */
async function measure(
  ask: Ask,
  perRound: number,
  isAsync = false,
): Promise<{ millions: number; on: number }> {
  const figures: number[] = [];
  let on = 0;
  for (let round = 0; round < 9; round++) {
    on = 0;
    const started = process.cpuUsage();
    for (let i = 0; i < perRound; i++) {
      const user = users[i % users.length] as BenchUser;
      if ((isAsync ? await ask(user) : ask(user)) === true) on++;
    }
    if (round > 1) figures.push(perRound / process.cpuUsage(started).user);
  }
  return { millions: figures.sort((a, b) => a - b)[3] ?? 0, on: on / perRound };
}

console.log(describeMachine());
const peer = async (name: string) => await (await loadPeer(name))({ users, listed });
const rows: [name: string, ask: Ask, perRound: number, isAsync?: boolean][] = [
  ["graft", graft(), 2_000_000],
  ["@openfeature/flagd-core", flagd(), 400_000],
  ["unleash-client", await peer("unleash"), 100_000],
  ["@growthbook/growthbook", await peer("growthbook"), 100_000],
  ["@launchdarkly/node-server-sdk", await peer("launch-darkly"), 50_000, true],
];
const speeds = new Map<string, number>();
console.log("one flag: a list of 20 users, a group, 10 %");
for (const [name, ask, perRound, isAsync] of rows) {
  const { millions, on } = await measure(ask, perRound, isAsync);
  speeds.set(name, millions);
  console.log(
    `  ${name.padEnd(32)} ${millions.toFixed(2).padStart(7)} million/s  (on for ${(on * 100).toFixed(1)} %)`,
  );
}
const [own = 0, ...peers] = speeds.values();
console.log(`  ${(own / Math.max(...peers)).toFixed(1)} times the fastest peer`);

const experiment = writeRunning(definition, {
  id: "019a0000-0000-7000-8000-000000000000",
  variants: [
    { variant: "off", weight: 1 },
    { variant: "on", weight: 1 },
  ],
  audience: [],
  share: 50,
});
console.log("the same flag under an experiment in which half of the users take part");
for (const [name, ask, perRound] of [
  ["graft", graft(experiment), 2_000_000],
  ["@openfeature/flagd-core", flagd(experiment), 200_000],
] as const) {
  const { millions, on } = await measure(ask, perRound);
  console.log(
    `  ${name.padEnd(32)} ${millions.toFixed(2).padStart(7)} million/s  (on for ${(on * 100).toFixed(1)} %)`,
  );
}

const hundred = Array.from({ length: 100 }, (_, i) => compileFlag(`flag-${i}`, definition));
const core = new FlagdCore(undefined, quiet);
core.setConfigurations(
  JSON.stringify({ flags: Object.fromEntries(hundred.map(({ key }) => [key, definition])) }),
);
let seen = 0;
const askHundred = (user: FlagContext) => {
  for (const flag of hundred) if (flag.evaluate(user).evaluation.value === true) seen++;
};
for (const [name, askAll] of [
  ["graft", askHundred],
  ["@openfeature/flagd-core", (user: FlagContext) => core.resolveAll(user as never, quiet)],
] as const) {
  const figures: number[] = [];
  for (let i = 0; i < 6000; i++) {
    const user = users[i % users.length] as FlagContext;
    const started = process.hrtime.bigint();
    askAll(user);
    if (i >= 1000) figures.push(Number(process.hrtime.bigint() - started) / 1000);
  }
  const p50 = figures.sort((a, b) => a - b)[2500] ?? 0;
  console.log(`all 100 flags of one user, ${name.padEnd(24)} p50 ${p50.toFixed(1)} µs`);
}

const share = compileFlag("share", {
  ...definition,
  targeting: {
    fractional: [
      ["on", 10],
      ["off", 90],
    ],
  },
});
let within = 0;
for (let i = 0; i < 1_000_000; i++) {
  if (share.evaluate({ targetingKey: `user-${i}` }).evaluation.value === true) within++;
}
console.log(`a million users at 10 %: ${(within / 10_000).toFixed(3)} % (seen ${seen > 0})`);
process.exit(0);
