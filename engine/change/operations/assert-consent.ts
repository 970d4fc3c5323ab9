import { GraftError } from "../../core/index.ts";
import type { PlanView } from "../plan/index.ts";

/** @throws CONSENT_REQUIRED unless the new permissions of each module were accepted, by its name */
export function assertConsent(plan: PlanView, consent: string[]): void {
  const open = plan.permissionChanges.filter((right) => right.consent && !consent.includes(right.module));
  if (open.length === 0) return;
  const modules = [...new Set(open.map(({ module }) => module))];
  const said = open.map(({ module, text }) => `${module}: ${text}`).join(" ");
  throw new GraftError("CONSENT_REQUIRED", `This plan gives new permissions. ${said}`, {
    hint: `Accept them by naming each module in \`consent\`: ${modules.join(", ")}.`,
    details: { modules, permissions: open.map(({ module, kind, text }) => ({ module, kind, text })) },
  });
}
