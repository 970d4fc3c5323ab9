import { randomBytes } from "node:crypto";
import { type Actor, createListener, silentLog, toProblem } from "../../engine/core/index.ts";
import { createTestDatabase } from "../../engine/core/testing/index.ts";
import type { Engine } from "../../engine/edge/host/index.ts";
import { createAccess } from "../../engine/people/index.ts";
import { setEngine } from "../engine.ts";

export const testPassword = "violet harbour lantern";

/** The part of the engine that signing in needs, on a database of its own, set as this process's engine. */
export async function createTestEngine(settings: { publicUrl?: string } = {}) {
  const database = await createTestDatabase();
  const listener = createListener(database.url, silentLog);
  const access = await createAccess({ db: database.db, log: silentLog, listener });
  const unknown: unknown[] = [];
  const part = {
    access,
    settings: { publicUrl: settings.publicUrl },
    secret: randomBytes(32),
    log: silentLog,
    toProblem: (error: unknown) => toProblem(error, (_, cause) => unknown.push(cause)),
  };
  setEngine(part as unknown as Engine);
  const root = await access.setup.createFirstAdministrator({
    name: "Root",
    email: "root@example.org",
    password: testPassword,
  });
  const actor: Actor = { userId: root.id, name: root.name, role: root.role, via: "user" };
  return {
    ...part,
    actor,
    /** Unknown errors that reached toProblem. */
    unknown,
    async close() {
      await access.close();
      await listener.close();
      await database.close();
    },
  };
}
