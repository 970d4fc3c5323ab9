import type { ExperimentResults } from "../contract/experiments.ts";
import { formatTime, type Terminal, table } from "./terminal.ts";

/** What an experiment has shown so far, with its intervals. */
export function showResults(terminal: Terminal, results: ExperimentResults): void {
  const { goals, crossed, alphaEach } = results;
  const wrong = "The shares are wrong: do not trust these figures (sample ratio).";
  terminal.out(results.ratio.alarm ? terminal.style("red", wrong) : verdictWords(results.verdict));
  terminal.out(`Counted ${formatTime(results.at)}.`);
  if (crossed > 0) terminal.out(`${crossed} used more than one variant and count for none.`);
  for (const goal of goals) {
    terminal.out("");
    terminal.out(terminal.style("bold", goal.title));
    const rows = goal.variants.map((found) => [
      found.variant,
      String(found.users),
      figure(found.mean),
      figure(found.difference),
      found.low === null ? "–" : `${figure(found.low)} to ${figure(found.high)}`,
      found.pValue === null ? "–" : found.pValue.toFixed(4),
    ]);
    const interval = `${Number(((1 - alphaEach) * 100).toFixed(2))} % interval`;
    table(terminal, ["variant", "users", "mean", "difference", interval, "p"], rows);
  }
}

function verdictWords(verdict: ExperimentResults["verdict"]): string {
  if (verdict.kind === "winner") return `Decided: ${verdict.variant} is better.`;
  if (verdict.kind === "control") return `Decided: ${verdict.variant}, the control, is better.`;
  if (verdict.kind === "waiting")
    return `Too early to say: every variant needs ${verdict.usersNeeded} users.`;
  return "Not decided.";
}

function figure(value: number | null): string {
  return value === null ? "–" : String(Number(value.toPrecision(4)));
}
