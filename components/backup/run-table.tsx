import { Badge } from "@/components/ui/badge";
import { formatBytes } from "@/components/ui/format";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { BackupRunView } from "@/contract/backup";
import { texts } from "./texts";

/** Newest first. */
export function RunTable({ runs }: { runs: BackupRunView[] }) {
  if (runs.length === 0) return <p className="text-muted-foreground">{texts.noRuns}</p>;
  return (
    <Table label={texts.runsLabel}>
      <TableHeader>
        <TableRow>
          <TableHead>{texts.started}</TableHead>
          <TableHead>{texts.file}</TableHead>
          <TableHead numeric>{texts.size}</TableHead>
          <TableHead>{texts.outcome}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {runs.map((run) => (
          <TableRow key={run.id}>
            <TableCell label={texts.started}>
              <Time value={run.startedAt} /> <span className="text-muted-foreground">{run.actorName}</span>
            </TableCell>
            <TableCell label={texts.file} className="font-mono text-xs">
              {run.name}
            </TableCell>
            <TableCell label={texts.size} numeric className="tabular">
              {run.bytes !== null && formatBytes(run.bytes)}
            </TableCell>
            <TableCell label={texts.outcome}>
              <Outcome run={run} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Outcome({ run: { status, provedAt, proof, error, removedAt } }: { run: BackupRunView }) {
  const { outcomes } = texts;
  const details = [
    ...(error ? [error.detail] : []),
    ...(provedAt && proof ? [texts.proofDetail(proof.modules, proof.rows)] : []),
    ...(proof && proof.notValid.length > 0 ? [texts.notValidDetail(proof.notValid.length)] : []),
  ];
  const [tone, word] =
    status === "running"
      ? (["neutral", outcomes.running] as const)
      : status === "failed"
        ? (["danger", outcomes.failed] as const)
        : removedAt !== null
          ? (["neutral", outcomes.removed] as const)
          : provedAt !== null
            ? (["success", outcomes.proved] as const)
            : (["warning", outcomes.unproved] as const);
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Badge tone={tone}>{word}</Badge>
      <span className="text-xs text-muted-foreground">{details.join(" ")}</span>
    </div>
  );
}
