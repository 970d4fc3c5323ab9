import type { Identity } from "../engine/people/index.ts";
import { createTestRegistry, testModule } from "../engine/supply/installed/testing/create-test-registry.ts";

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

export const moduleRoute = testModule({ name: "bench", api: { v1: {} } });
export const registry = createTestRegistry(moduleRoute);
