import type { PlanStep } from "../plan/index.ts";

const verbs = { install: "Install", upgrade: "Upgrade", uninstall: "Uninstall" };

/** A heading for what a plan does: "Install Announcements 1.0.0", "Install Graph explorer 1.0.0 and 1 more". */
export function nameChange(steps: readonly PlanStep[]): string {
  const lead = steps.find((step) => step.neededBy === null) ?? steps[0];
  if (!lead) return "Change nothing";
  if (lead.schema?.action === "restore" && lead.from === lead.to) return `Restore the data of ${lead.title}`;
  if (lead.action === "upgrade" && lead.from === lead.to && lead.settings)
    return `Restore the settings of ${lead.title}${steps.length === 1 ? "" : ` and ${steps.length - 1} more`}`;
  const name = `${verbs[lead.action]} ${lead.title}${lead.action === "uninstall" ? "" : ` ${lead.to}`}`;
  return steps.length === 1 ? name : `${name} and ${steps.length - 1} more`;
}
