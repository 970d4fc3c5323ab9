import type { RuleOutcome } from "../contract/flags.ts";
import type { Terminal } from "./terminal.ts";

/** Why somebody gets what they get, and what would change it. */
export function showExplanation(
  { out }: Terminal,
  explanation: { text: string; rules: RuleOutcome[]; changes: string[] },
): void {
  out(explanation.text);
  for (const { number, conditions, matched } of explanation.rules) {
    out(`  rule ${number} ${matched ? "matches" : "does not match"}`);
    for (const { text, met } of conditions) out(`    ${met ? "✓" : "✗"} ${text}`);
  }
  for (const change of explanation.changes) out(`  ${change}`);
}
