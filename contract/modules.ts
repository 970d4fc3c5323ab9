import { z } from "zod";
import { accessSetting } from "./access.ts";
import { healthNow, moduleState } from "./health.ts";
import { json } from "./json.ts";
import { digest, moduleName, moduleType, time } from "./limits.ts";
import { manifest, manifestPage, manifestWidget } from "./manifest.ts";

/** An installed module as lists show it. */
export const moduleView = z.object({
  name: z.string(),
  title: z.string(),
  summary: z.string(),
  version: z.string(),
  digest,
  type: moduleType,
  publisher: z.string(),
  icon: z.string().nullable(),
  state: moduleState,
  access: accessSetting,
  generation: z.int(),
  /** An administrator's limit until an answer of it begins, in milliseconds; absent: as its manifest says. */
  timeoutMs: z.int().optional(),
  installedAt: time,
  updatedAt: time,
});
export type ModuleView = z.infer<typeof moduleView>;

const [everyone, nobody, groups, rules] = accessSetting.options;
/** It follows its module. */
const inherited = { inherited: z.boolean() };
export const widgetAccessView = z.discriminatedUnion("mode", [
  everyone.extend(inherited),
  nobody.extend(inherited),
  groups.extend(inherited),
  rules.extend(inherited),
]);

/** Settings of a module as its manifest's schema wants them. A secret that is set shows as ••••, and sent so is kept. */
export const moduleConfig = z.record(z.string(), z.unknown());
export const moduleConfigInput = z.record(z.string(), json);

export const moduleDetailView = moduleView.extend({
  manifest,
  config: moduleConfig,
  pages: z.array(manifestPage),
  widgets: z.array(manifestWidget.extend({ access: widgetAccessView })),
  health: healthNow.nullable(),
});
export type ModuleDetailView = z.infer<typeof moduleDetailView>;

/** How long the gateway waits until a module's answer begins; null: as its manifest says, else 30,000. */
export const timeLimitInput = z.strictObject({ timeoutMs: z.int().min(1000).max(3_600_000).nullable() });

export const moduleTimeLimitInput = timeLimitInput.extend({ module: moduleName });

export const restartModuleInput = z.strictObject({ module: moduleName });
export const configureModuleInput = z.strictObject({ module: moduleName, config: moduleConfigInput });
