import { expect, test, vi } from "vitest";
import type { Actor } from "../../core/index.ts";
import type { InstalledModule } from "../../supply/installed/index.ts";
import { type RestartDeps, restartModule } from "./restart-module.ts";

const actor: Actor = { userId: null, name: "Ada", role: "operator", via: "cli" };

function fixture(module: Partial<InstalledModule> | null) {
  const restart = vi.fn(async () => {});
  const create = vi.fn(async (_row: { data: Record<string, unknown> }) => {});
  const deps = {
    registry: { get: () => module as InstalledModule | null },
    runtime: { restart },
    db: { prisma: { auditEntry: { create } } },
  };
  return { deps: deps as Pick<RestartDeps, "registry" | "runtime"> as RestartDeps, restart, create };
}

const manifest = (runtime?: object) => ({ runtime }) as InstalledModule["manifest"];

test("a module with a process gets a fresh one, and the audit names it as people know it", async () => {
  const module = { name: "polls", title: "Polls", manifest: manifest({ kind: "node" }) };
  const { deps, restart, create } = fixture(module);
  expect(await restartModule(deps, actor, "polls")).toBe(module);
  expect(restart).toHaveBeenCalledExactlyOnceWith("polls");
  expect(create.mock.calls[0]?.[0].data).toMatchObject({
    ...{
      action: "module.restart",
      target: "polls",
      summary: "Restarted Polls",
      actorName: "Ada",
      via: "cli",
    },
  });
});

test.each([
  ["that is not installed", null, "MODULE_NOT_INSTALLED"],
  ["without a process", { name: "polls", title: "Polls", manifest: manifest() }, "CONFLICT"],
])("a module %s is refused, and nothing is recorded", async (_what, module, code) => {
  const { deps, restart, create } = fixture(module);
  await expect(restartModule(deps, actor, "polls")).rejects.toMatchObject({ code });
  expect(restart).not.toHaveBeenCalled();
  expect(create).not.toHaveBeenCalled();
});

test("a process that does not start is not recorded as restarted", async () => {
  const { deps, restart, create } = fixture({ name: "polls", title: "Polls", manifest: manifest({}) });
  restart.mockRejectedValue(Object.assign(new Error("no"), { code: "MODULE_START_FAILED" }));
  await expect(restartModule(deps, actor, "polls")).rejects.toMatchObject({ code: "MODULE_START_FAILED" });
  expect(create).not.toHaveBeenCalled();
});
