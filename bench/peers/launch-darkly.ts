import * as launchDarkly from "@launchdarkly/node-server-sdk";
import type { CreatePeer } from "../peer.ts";

const quiet = { error() {}, warn() {}, info() {}, debug() {} };

export const createPeer: CreatePeer = async ({ users, listed }) => {
  const data = new launchDarkly.integrations.TestData();
  await data.usePreconfiguredFlag({
    key: "bench",
    version: 1,
    on: true,
    salt: "s",
    variations: [true, false],
    offVariation: 1,
    prerequisites: [],
    targets: [],
    contextTargets: [{ contextKind: "user", values: listed, variation: 0 }],
    rules: [
      {
        id: "r",
        variation: 0,
        clauses: [{ attribute: "groups", op: "in", values: ["beta"], negate: false }],
      },
    ],
    fallthrough: {
      rollout: {
        contextKind: "user",
        variations: [
          { variation: 0, weight: 10_000 },
          { variation: 1, weight: 90_000 },
        ],
      },
    },
  } as never);
  const client = launchDarkly.init("sdk-key", {
    updateProcessor: data.getFactory(),
    sendEvents: false,
    diagnosticOptOut: true,
    logger: quiet,
  });
  await client.waitForInitialization({ timeout: 5 });
  const contexts = new Map(
    users.map((user) => [user, { kind: "user", key: user.targetingKey, groups: user.groups }]),
  );
  return (user) => client.boolVariation("bench", contexts.get(user) ?? { kind: "user", key: "" }, false);
};
