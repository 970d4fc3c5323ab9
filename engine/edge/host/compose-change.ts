import { join } from "node:path";
import { type Backups, createBackups } from "../../change/backup/index.ts";
import { createInstall, type Install } from "../../change/install/index.ts";
import type { Plans } from "../../change/plan/index.ts";
import { createUpgrades, type Upgrades } from "../../change/upgrades/index.ts";
import type { Flags } from "../../decisions/index.ts";
import type { Access } from "../../people/index.ts";
import type { Serving } from "./compose-serving.ts";
import type { Ground } from "./open-ground.ts";

export interface Change {
  plans: Plans;
  install: Install;
  upgrades: Upgrades;
  backups: Backups;
}

/** What changes the set of installed modules, and what must not overlap with that. */
export function composeChange(
  rooms: Ground & Serving & { access: Access; flags: Flags },
  { version, rootDir }: { version: string; rootDir: string },
): Change {
  const { plans, ...install } = createInstall({ ...rooms, graftVersion: version });
  const backups = createBackups({
    ...{ ...rooms, install, version },
    migrationsDir: join(rootDir, "prisma/migrations"),
  });
  const upgrades = createUpgrades({ ...rooms, plans, install, graftVersion: version });
  return { plans, install, upgrades, backups };
}
