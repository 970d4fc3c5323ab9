import type { Route } from "../types.ts";
import { accessRoutes } from "./access.ts";
import { backupRoutes } from "./backups.ts";
import { catalogRoutes } from "./catalog.ts";
import { changeRoutes } from "./changes.ts";
import { experimentRoutes } from "./experiments.ts";
import { flagRoutes } from "./flags.ts";
import { homeRoutes } from "./home.ts";
import { meRoutes } from "./me.ts";
import { metaRoutes } from "./meta.ts";
import { moduleDataRoutes } from "./module-data.ts";
import { moduleRoutes } from "./modules.ts";
import { notificationRoutes } from "./notifications.ts";
import { groupRoutes, tokenRoutes, userRoutes } from "./people.ts";
import { recordRoutes } from "./records.ts";
import { retentionRoutes } from "./retention.ts";
import { scheduledBackupRoutes } from "./scheduled-backups.ts";
import { upgradeRoutes } from "./upgrades.ts";

/** Every call of the API, in the order in which the description lists them. */
export const allRoutes: readonly Route[] = [
  ...catalogRoutes,
  ...moduleRoutes,
  ...accessRoutes,
  ...changeRoutes,
  ...upgradeRoutes,
  ...flagRoutes,
  ...userRoutes,
  ...groupRoutes,
  ...tokenRoutes,
  ...recordRoutes,
  ...retentionRoutes,
  ...backupRoutes,
  ...scheduledBackupRoutes,
  ...moduleDataRoutes,
  ...meRoutes,
  ...homeRoutes,
  ...notificationRoutes,
  ...experimentRoutes,
  ...metaRoutes(() => allRoutes),
];
