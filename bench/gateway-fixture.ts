import type { Identity } from "../engine/people/index.ts";
import type { ModuleRoute } from "../engine/serving/gateway/index.ts";
import { manifestSchema } from "../sdk/manifest/index.ts";

export const user: Identity = {
  userId: "0190a6f0-0000-7000-8000-000000000001",
  name: "Ada",
  email: "ada@example.org",
  role: "member",
  groups: ["staff"],
  enabled: true,
  sessionEpoch: 1,
  locale: null,
  timeZone: null,
};

export const moduleRoute: ModuleRoute = {
  name: "bench",
  title: "Bench",
  digest: `sha256:${"0".repeat(64)}`,
  manifest: manifestSchema.parse({
    manifestVersion: 1,
    name: "bench",
    publisher: "graft",
    version: "1.0.0",
    type: "module",
    title: "Bench",
    summary: "Answers a list",
    license: "MIT",
    api: { v1: {} },
  }),
};
