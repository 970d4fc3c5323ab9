import type { Manifest } from "../../../sdk/manifest/index.ts";
import type { AccessSetting } from "../../decisions/index.ts";
import { hasSecrets } from "../../supply/manifest/index.ts";
import type { PlanSettings } from "./types.ts";

/** How the warning begins. */
export const asItWasLeft = "As the generation was left: ";

/** What a module that a rollback installs again has as then, for people. */
export function formatSettings({ access, config }: PlanSettings, manifest: Manifest): string {
  const { [manifest.name]: own, ...widgets } = access;
  const given = [
    `given to ${receivers(own)}`,
    ...Object.entries(widgets).map(([target, setting]) => `${target} to ${receivers(setting)}`),
  ];
  const values = Object.entries(config).map(([key, value]) => `${key} ${JSON.stringify(value)}`);
  const settings = values.length === 0 ? "" : ` Settings: ${values.join(", ")}.`;
  const secrets = hasSecrets(manifest.config) ? " Its secrets have to be entered again." : "";
  return `${asItWasLeft}${given.join(", ")}.${settings}${secrets}`;
}

function receivers(setting: AccessSetting | undefined): string {
  if (setting === undefined || setting.mode === "nobody") return "nobody";
  if (setting.mode === "everyone") return "everyone";
  return setting.mode === "groups" ? setting.groups.join(", ") : "those its rules name";
}
