import { expect, test } from "vitest";
import { GraftError, toProblem } from "./errors.ts";
import { loadSettings } from "./settings.ts";

test("an unknown error is shown only as an id, and handed whole to the log", () => {
  const seen: unknown[] = [];
  const cause = new Error("password=hunter2");
  const problem = toProblem(cause, (id, error) => seen.push(id, error));
  expect(JSON.stringify(problem)).not.toContain("hunter2");
  expect(seen).toEqual([problem.errorId, cause]);
});

test("a known error keeps its code, status, hint and details", () => {
  const problem = toProblem(
    new GraftError("PLAN_STALE", "Old", { hint: "Plan again", details: { base: 3 } }),
    () => {},
  );
  expect(problem).toMatchObject({
    code: "PLAN_STALE",
    status: 409,
    hint: "Plan again",
    details: { base: 3 },
  });
});

test("every wrong setting is named in one error", () => {
  try {
    loadSettings({
      PORT: "99999",
      DATABASE_URL: "mysql://x",
      GRAFT_CATALOGS: "builtin,ftp:x",
      GRAFT_SECRET_FILE: "/nowhere",
    });
    expect.unreachable();
  } catch (error) {
    const { problems } = (error as GraftError).details as { problems: string[] };
    expect(problems.map((p) => p.split(":")[0])).toEqual([
      "GRAFT_SECRET_FILE",
      "PORT",
      "DATABASE_URL",
      "GRAFT_CATALOGS",
    ]);
  }
});

test("a catalog in an OCI registry is refused by its own sentence", () => {
  try {
    loadSettings({ GRAFT_CATALOGS: "builtin,oci:ghcr.io/me/modules" });
    expect.unreachable();
  } catch (error) {
    const { problems } = (error as GraftError).details as { problems: string[] };
    expect(problems).toEqual([
      expect.stringMatching(/^GRAFT_CATALOGS: catalogs in OCI registries are not supported .* `dir:PATH`$/),
    ]);
  }
});
