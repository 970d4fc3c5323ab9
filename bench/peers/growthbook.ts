import { GrowthBookClient } from "@growthbook/growthbook";
import type { CreatePeer } from "../peer.ts";

export const createPeer: CreatePeer = ({ users, listed }) => {
  const rules = [
    { condition: { id: { $in: listed } }, force: true },
    { condition: { groups: { $elemMatch: { $eq: "beta" } } }, force: true },
    { force: true, coverage: 0.1, hashAttribute: "id" },
  ];
  const client = new GrowthBookClient().initSync({
    payload: { features: { bench: { defaultValue: false, rules: rules as never } } },
  });
  const contexts = new Map(
    users.map((user) => [user, { attributes: { id: user.targetingKey, groups: user.groups } }]),
  );
  return (user) => client.isOn("bench", contexts.get(user) ?? { attributes: {} });
};
