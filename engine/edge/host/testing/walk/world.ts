import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlanChange } from "../../../../change/plan/index.ts";
import { systemActor } from "../../../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../../../core/testing/index.ts";
import { runAndDie } from "../run-and-die.ts";
import { startTestHost, type TestHost } from "../start-test-host.ts";
import { writeWalkModules } from "./modules.ts";

/** A host that can be ended, killed and started again, its database, and one user who is no administrator. */
export interface World {
  database: TestDatabase;
  dataDir: string;
  /** Of the moment: after a restart it is another. */
  readonly host: TestHost;
  /** Token of a user in the group `staff`. */
  memberToken: string;
  hostToken(): string;
  restart(): Promise<void>;
  /** Ends the host, lets another process do this and die at the fault point, starts the host again. */
  restartAfterCrash(changes: PlanChange[], fault: string): Promise<"killed" | "not reached">;
  end(): Promise<void>;
}

export async function createWorld(): Promise<World> {
  const root = mkdtempSync(join(tmpdir(), "graft-walk-"));
  chmodSync(root, 0o711);
  const [catalogDir, dataDir] = [join(root, "catalog"), join(root, "data")];
  mkdirSync(catalogDir);
  writeWalkModules(catalogDir);
  const database = await createTestDatabase();
  const start = async () => {
    const started = await startTestHost({ databaseUrl: database.url, catalogDir, dataDir });
    // What the start set going must not meet the first step: it is waited for.
    await started.engine.install.converge();
    return started;
  };
  let host = await start();
  const memberToken = await addMember(host);
  return {
    database,
    dataDir,
    memberToken,
    get host() {
      return host;
    },
    hostToken: () => JSON.parse(readFileSync(join(dataDir, "host.json"), "utf8")).token,
    async restart() {
      await host.end();
      host = await start();
    },
    async restartAfterCrash(changes, fault) {
      await host.end();
      const signal = await runAndDie({ changes, fault, catalogDir, dataDir, databaseUrl: database.url });
      host = await start();
      return signal === "SIGKILL" ? "killed" : "not reached";
    },
    async end() {
      await host.end();
      await database.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

async function addMember({ engine }: TestHost): Promise<string> {
  const { access } = engine;
  await access.groups.create(systemActor, { key: "staff", name: "Staff" });
  const { user, secret } = await access.users.invite(systemActor, {
    ...{ name: "Ada", email: "ada@example.org", role: "member", groups: ["staff"] },
  });
  await access.invites.accept({ secret, password: "four horses under a bridge" });
  return (await access.tokens.create(systemActor, { userId: user.id, name: "walk" })).secret;
}
