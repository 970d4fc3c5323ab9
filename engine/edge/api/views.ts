import { z } from "zod";
import { accessSetting } from "../../../contract/access.ts";
import { json } from "../../../contract/json.ts";
import { digest, moduleType, time } from "../../../contract/limits.ts";
import { role } from "../../../contract/role.ts";
import type { Decision } from "../../decisions/index.ts";
import type { HomeLayout } from "../../engagement/home/index.ts";
import type { AuditView, GroupView, TokenView, UserView } from "../../people/index.ts";
import type { HealthNow, HealthPoint, ModuleEventView } from "../../serving/health/index.ts";
import type { LogLine } from "../../serving/runtime/index.ts";
import type { CatalogEntry } from "../../supply/catalog/index.ts";

/**
 * What answers hold, for the OpenAPI description. Answers are not validated with these: the rooms' types make them,
 * and each schema here is checked against its room's type by the compiler.
 */
type Describes<T> = z.ZodType<T>;

export const state = z.enum(["starting", "healthy", "degraded", "failing", "stopped", "quarantined"]);

const entryShape = {
  name: z.string(),
  title: z.string(),
  summary: z.string(),
  type: moduleType,
  publisher: z.string(),
  categories: z.array(z.string()),
  latest: z.string(),
  digest,
  icon: z.string().nullable(),
};
z.object(entryShape) satisfies Describes<CatalogEntry>;
export const catalogEntry = z.object({ ...entryShape, installed: z.string().nullable() });
export const catalogModule = catalogEntry.extend({
  readme: z.string(),
  versions: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      digest,
      size: z.int(),
      manifest: z.record(z.string(), z.unknown()),
      changelog: z.string(),
      source: z.string(),
    }),
  ),
});

export const module = z.object({
  name: z.string(),
  title: z.string(),
  summary: z.string(),
  version: z.string(),
  digest,
  type: moduleType,
  publisher: z.string(),
  icon: z.string().nullable(),
  state,
  access: accessSetting,
  generation: z.int(),
  installedAt: time,
  updatedAt: time,
});
export const widgetAccess = z.object({
  mode: z.enum(["everyone", "nobody", "groups", "rules"]),
  groups: z.array(z.string()).optional(),
  targeting: z.record(z.string(), json).optional(),
  inherited: z.boolean(),
});
export const decision = z.object({
  allowed: z.boolean(),
  reason: z.string(),
  rule: z.string().nullable(),
  group: z.string().nullable(),
  text: z.string(),
}) satisfies Describes<Omit<Decision, "reason"> & { reason: string; text: string }>;

export const health = z.object({
  module: z.string(),
  state,
  since: time,
  latencyMs: z.number().nullable(),
  message: z.string().nullable(),
  rssMb: z.number().nullable(),
  restarts: z.int(),
  pid: z.int().nullable(),
}) satisfies Describes<HealthNow>;
const point = z.object({
  at: time,
  state: z.union([state, z.literal("unknown")]),
  latencyMsP50: z.number().nullable(),
  latencyMsMax: z.number().nullable(),
  rssMb: z.number().nullable(),
  requests: z.int(),
  errors: z.int(),
}) satisfies Describes<HealthPoint>;
export const moduleEvent = z.object({
  id: z.string(),
  module: z.string(),
  at: time,
  kind: z.string(),
  message: z.string(),
}) satisfies Describes<ModuleEventView>;
export const moduleHealth = health.extend({
  uptime: z.number().nullable(),
  points: z.array(point),
  events: z.array(moduleEvent),
});
export const config = z.record(z.string(), z.unknown());
export const moduleDetail = module.extend({
  manifest: z.record(z.string(), z.unknown()),
  config,
  pages: z.array(z.unknown()),
  widgets: z.array(z.unknown()),
  health: health.nullable(),
});
export const home = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      widget: z.string(),
      x: z.int(),
      y: z.int(),
      w: z.int(),
      h: z.int(),
      config,
      locked: z.boolean(),
      sized: z.boolean().optional(),
    }),
  ),
  source: z.enum(["own", "group", "everyone", "generated"]),
  group: z.string().nullable(),
}) satisfies Describes<HomeLayout>;
export const logLine = z.object({
  at: time,
  stream: z.enum(["stdout", "stderr", "host"]),
  text: z.string(),
}) satisfies Describes<LogLine>;

export const user = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role,
  status: z.enum(["active", "invited", "disabled", "locked"]),
  groups: z.array(z.string()),
  lastSignInAt: time.nullable(),
  createdAt: time,
}) satisfies Describes<UserView>;
export const group = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  description: z.string(),
  members: z.int(),
}) satisfies Describes<GroupView>;
export const token = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  userId: z.string(),
  createdAt: time,
  expiresAt: time.nullable(),
  lastUsedAt: time.nullable(),
  revokedAt: time.nullable(),
}) satisfies Describes<TokenView>;
export const audit = z.object({
  id: z.string(),
  at: time,
  actorId: z.string().nullable(),
  actorName: z.string(),
  via: z.string(),
  action: z.string(),
  target: z.string(),
  summary: z.string(),
  details: z.record(z.string(), z.unknown()),
  planId: z.string().nullable(),
  operationId: z.string().nullable(),
  ip: z.string().nullable(),
}) satisfies Describes<AuditView>;
/** A secret that is shown in this answer and never again. */
export const link = z.object({ secret: z.string(), url: z.string(), expiresAt: time });
export const me = z.object({
  user: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    groups: z.array(z.string()),
    locale: z.string().nullable(),
    timeZone: z.string().nullable(),
  }),
  role,
  via: z.string(),
  pages: z.array(z.object({ module: z.string(), title: z.string(), path: z.string(), href: z.string() })),
  widgets: z.array(
    z.object({
      module: z.string(),
      id: z.string(),
      title: z.string(),
      /** Null: the host draws it. */
      entry: z.string().nullable(),
    }),
  ),
});
