import { Unleash } from "unleash-client";
import type { CreatePeer } from "../peer.ts";

export const createPeer: CreatePeer = async ({ users, listed }) => {
  const strategies = [
    { name: "userWithId", parameters: { userIds: listed.join(",") }, constraints: [] },
    {
      name: "default",
      parameters: {},
      constraints: [
        { contextName: "group", operator: "IN", values: ["beta"], inverted: false, caseInsensitive: false },
      ],
    },
    {
      name: "flexibleRollout",
      parameters: { rollout: "10", stickiness: "userId", groupId: "bench" },
      constraints: [],
    },
  ];
  const client = new Unleash({
    appName: "bench",
    url: "http://127.0.0.1:9/",
    refreshInterval: 0,
    disableMetrics: true,
    skipInstanceCountWarning: true,
    bootstrap: {
      data: [
        {
          name: "bench",
          type: "release",
          enabled: true,
          project: "p",
          stale: false,
          impressionData: false,
          variants: [],
          strategies,
        },
      ] as never,
    },
  });
  client.on("error", () => {});
  client.on("warn", () => {});
  await new Promise((resolve) => client.once("ready", resolve));
  const contexts = new Map(
    users.map((user) => [user, { userId: user.targetingKey, properties: { group: user.groups[0] ?? "" } }]),
  );
  return (user) => client.isEnabled("bench", contexts.get(user));
};
