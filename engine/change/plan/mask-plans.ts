import { isDeepStrictEqual } from "node:util";
import type { Manifest } from "../../../sdk/manifest/index.ts";
import { fromJson, type HostDb, type Json, toJson } from "../../core/index.ts";
import { dropSecrets, maskingRules, maskSecrets } from "../../supply/manifest/index.ts";
import { asItWasLeft, formatSettings } from "./format-settings.ts";
import type { PlanBody, PlanSettings, PlanSettingsBack, PlanStep } from "./types.ts";

/** Null for a module that this host cannot read. */
export type ManifestOf = (digest: string) => Manifest | null;

/** Plans of an earlier Graft that show settings, whose secrets it may not have known as such. */
export async function plansToMask(db: HostDb): Promise<string[]> {
  // Few do.
  await db.prisma.$executeRaw`
    UPDATE graft.plans SET masked_by = ${maskingRules} WHERE masked_by < ${maskingRules}
      AND NOT (body @? '$.steps[*].settings' OR body @? '$.settingsBack.config[*]')`;
  const where = { maskedBy: { lt: maskingRules } };
  return (await db.prisma.plan.findMany({ where, select: { id: true } })).map(({ id }) => id);
}

/** @returns false when it names a module that cannot be read: what that one's secrets are is not known here */
export async function maskPlan(db: HostDb, id: string, manifestOf: ManifestOf): Promise<boolean> {
  const row = await db.prisma.plan.findUniqueOrThrow({ where: { id } });
  const body = mask(fromJson<PlanBody>(row.body), manifestOf);
  if (body === null) return false;
  const data = { body: toJson(body), maskedBy: maskingRules };
  await db.prisma.plan.update({ where: { id }, data });
  return true;
}

/** As a plan of today has them: what is installed again gets no secrets, what stays keeps those it has. */
export function maskSettings(
  action: PlanStep["action"],
  manifest: Manifest,
  settings: PlanSettings,
): PlanSettings {
  const hide = action === "install" ? dropSecrets : maskSecrets;
  return { ...settings, config: hide(manifest.config, settings.config) };
}

function mask(body: PlanBody, manifestOf: ManifestOf): PlanBody | null {
  const masked = { ...body, steps: [...body.steps], warnings: [...body.warnings] };
  for (const [i, step] of body.steps.entries()) {
    if (!step.settings) continue;
    const manifest = manifestOf(step.digest);
    if (!manifest) return null;
    const settings = maskSettings(step.action, manifest, step.settings);
    masked.steps[i] = { ...step, settings };
    masked.warnings = masked.warnings.map((warning) =>
      warning.module === step.module && warning.text.startsWith(asItWasLeft)
        ? { ...warning, text: formatSettings(settings, manifest) }
        : warning,
    );
  }
  if (!body.settingsBack) return masked;
  const manifests = new Map(body.target.map(({ name, digest }) => [name, manifestOf(digest)]));
  if (body.settingsBack.config.some(({ module }) => !manifests.get(module))) return null;
  const config = body.settingsBack.config.flatMap((change) => maskChange(change, manifests));
  return { ...masked, settingsBack: { ...body.settingsBack, config } };
}

type ConfigChange = PlanSettingsBack["config"][number];

/** A change of nothing but secrets is none that a plan makes. */
function maskChange(change: ConfigChange, manifests: Map<string, Manifest | null>): ConfigChange[] {
  const schema = manifests.get(change.module)?.config;
  const hide = (value: Json | null) => (value === null ? null : maskAt(schema, change.key.split("."), value));
  const [from, to] = [hide(change.from), hide(change.to)];
  return isDeepStrictEqual(from, to) ? [] : [{ ...change, from, to }];
}

/** The value at `mail.accounts.0.name` of the settings. */
function maskAt(schema: unknown, keys: string[], value: Json): Json {
  const nested = keys.reduceRight<Json>(
    (inner, key) => (/^\d+$/.test(key) ? [inner] : { [key]: inner }),
    value,
  );
  let found: unknown = maskSecrets(schema, nested as Record<string, Json>);
  for (const key of keys) {
    // What holds it is a secret as a whole.
    if (typeof found !== "object" || found === null) break;
    found = Array.isArray(found) ? found[0] : (found as Record<string, unknown>)[key];
  }
  return found as Json;
}
