import { expect, test } from "vitest";
import type { PlanBody, PlanStep } from "../plan/index.ts";
import { reasonToLeave } from "./judge-plan.ts";

type Config = NonNullable<PlanStep["config"]>;

function reason(config: Pick<Config, "missing" | "changes">) {
  const step = {
    action: "upgrade",
    title: "Mail",
    module: "mail",
    from: "1.0.0",
    to: "1.0.1",
    impact: "none",
    config,
  };
  const body = { steps: [step], permissionChanges: [], destructive: [], sql: [] };
  return reasonToLeave(body as never as PlanBody, { level: "patch", excluded: [] });
}
const change = (kind: Config["changes"][number]["change"]) => ({
  ...{ key: "port", change: kind, from: "x", to: 80, reason: null },
});

test("nobody at night gives settings, or decides that one may be lost", () => {
  expect(reason({ missing: [{ key: "level", problem: "is missing" }], changes: [] })).toContain("level");
  expect(reason({ missing: [], changes: [change("reset")] })).toContain("port");
});

test("what loses nothing is taken", () => {
  const changes = (["removed", "converted", "restored", "migrated", "added"] as const).map(change);
  expect(reason({ missing: [], changes })).toBeNull();
});
