import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ExperimentView } from "@/contract/experiments";
import { texts } from "./texts.ts";

const statuses = {
  draft: { tone: "neutral", text: texts.draft },
  running: { tone: "primary", text: texts.running },
  stopped: { tone: "solid", text: texts.stopped },
  concluded: { tone: "success", text: texts.rolledOut },
} as const;

export function statusBadge({ status }: Pick<ExperimentView, "status">) {
  return <Badge tone={statuses[status].tone}>{statuses[status].text}</Badge>;
}

export function ExperimentTable({ experiments }: { experiments: ExperimentView[] }) {
  return (
    <Table label={texts.experiments}>
      <TableHeader>
        <TableRow>
          <TableHead>{texts.experiment}</TableHead>
          <TableHead>{texts.flag}</TableHead>
          <TableHead>{texts.decidedBy}</TableHead>
          <TableHead>{texts.started}</TableHead>
          <TableHead>{texts.state}</TableHead>
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
            <TableCell label={texts.flag} className="font-mono text-xs break-all">
              {experiment.flagKey}
            </TableCell>
            <TableCell label={texts.decidedBy}>{experiment.goals[0]?.title}</TableCell>
            <TableCell label={texts.started} className="text-muted-foreground">
              {experiment.startedAt === null ? texts.notYet : <Time value={experiment.startedAt} />}
            </TableCell>
            <TableCell label={texts.state}>
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
