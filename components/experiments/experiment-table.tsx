import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ExperimentView } from "@/contract/experiments";

const statuses = {
  draft: { tone: "neutral", text: "Draft" },
  running: { tone: "primary", text: "Running" },
  stopped: { tone: "solid", text: "Stopped" },
  concluded: { tone: "success", text: "Rolled out" },
} as const;

export function statusBadge({ status }: Pick<ExperimentView, "status">) {
  return <Badge tone={statuses[status].tone}>{statuses[status].text}</Badge>;
}

export function ExperimentTable({ experiments }: { experiments: ExperimentView[] }) {
  return (
    <Table label="Experiments">
      <TableHeader>
        <TableRow>
          <TableHead>Experiment</TableHead>
          <TableHead>Flag</TableHead>
          <TableHead>Decided by</TableHead>
          <TableHead>Started</TableHead>
          <TableHead>State</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {experiments.map((experiment) => (
          <TableRow key={experiment.id}>
            <TableCell>
              <Link href={`/admin/experiments/${experiment.id}`} className="font-medium hover:underline">
                {experiment.title}
              </Link>
            </TableCell>
            <TableCell label="Flag" className="font-mono text-xs break-all">
              {experiment.flagKey}
            </TableCell>
            <TableCell label="Decided by">{experiment.goals[0]?.title}</TableCell>
            <TableCell label="Started" className="text-muted-foreground">
              {experiment.startedAt === null ? "Not yet" : <Time value={experiment.startedAt} />}
            </TableCell>
            <TableCell label="State">
              <span className="inline-flex flex-wrap justify-end gap-1">
                {statusBadge(experiment)}
                {experiment.winner === null ? null : (
                  <span className="font-mono text-xs leading-5">{experiment.winner}</span>
                )}
              </span>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
