import { Badge } from "@/components/ui/badge";
import { sentence } from "@/components/ui/format";
import type { MigrationVerdict } from "@/contract/migration";
import { texts } from "./texts";

const words = {
  destructive: { label: texts.losesData, tone: "danger" },
  breaking: { label: texts.breaking, tone: "warning" },
  slow: { label: texts.slow, tone: "warning" },
} as const;
const order = ["destructive", "breaking", "slow"] as const;

/** What a migration is, at a glance. Without a verdict the running version can live with all of it. */
export function VerdictBadges({ verdicts }: { verdicts: MigrationVerdict[] }) {
  if (verdicts.length === 0) return <Badge tone="success">{texts.additive}</Badge>;
  return order
    .filter((kind) => verdicts.some((verdict) => verdict.kind === kind))
    .map((kind) => {
      // Work on a small table takes no time worth a warning.
      const short = kind === "slow" && !verdicts.some(({ long }) => long);
      return (
        <Badge key={kind} tone={short ? "neutral" : words[kind].tone}>
          {short ? texts.quick : words[kind].label}
        </Badge>
      );
    });
}

/** Each verdict with the statement it is about. */
export function VerdictList({ verdicts }: { verdicts: MigrationVerdict[] }) {
  if (verdicts.length === 0) return null;
  return (
    <ul className="mb-3 grid gap-2 pl-6">
      {verdicts.map((verdict) => (
        <li key={`${verdict.kind}${verdict.line}${verdict.reason}`} className="grid gap-0.5">
          <span>
            <span className="tabular text-muted-foreground">{texts.lineNumber(verdict.line)}</span>{" "}
            {sentence(verdict.reason)}.
          </span>
          <code className="truncate font-mono text-xs text-muted-foreground">
            {verdict.statement.split("\n")[0]}
          </code>
        </li>
      ))}
    </ul>
  );
}
