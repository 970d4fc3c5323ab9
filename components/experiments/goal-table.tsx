import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { formatNumber } from "@/components/ui/format";
import { Section } from "@/components/ui/section";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { GoalResult } from "@/contract/experiments";
import { figureName, formatDifference, formatFigure, formatP, percent } from "./experiment-words.ts";
import { texts } from "./texts.ts";

/** The figures of one goal by variant. */
export function GoalTable(props: { goal: GoalResult; alpha: number; title: string; note: ReactNode }) {
  const { goal } = props;
  return (
    <Section title={props.title} description={props.note}>
      <Table label={goal.title}>
        <TableHeader>
          <TableRow>
            <TableHead>{texts.variant}</TableHead>
            <TableHead numeric>{texts.users}</TableHead>
            <TableHead numeric>{figureName(goal)}</TableHead>
            <TableHead numeric>{texts.difference}</TableHead>
            <TableHead numeric>{texts.interval(percent(1 - props.alpha))}</TableHead>
            <TableHead numeric>{texts.pValue}</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {goal.variants.map((found, i) => (
            <TableRow key={found.variant}>
              <TableCell>
                <span className="font-mono text-xs">{found.variant}</span>
                {i === 0 ? <Badge className="ml-2">{texts.control}</Badge> : null}
              </TableCell>
              <TableCell label={texts.users} numeric className="tabular-nums">
                {formatNumber(found.users)}
              </TableCell>
              <TableCell label={figureName(goal)} numeric className="tabular-nums">
                {found.users === 0 ? "–" : formatFigure(found.mean, goal)}
              </TableCell>
              <Compared label={texts.difference}>
                {found.difference === null ? null : formatDifference(found.difference, goal)}
                {found.lift === null ? null : (
                  <span className="text-muted-foreground"> ({signedPercent(found.lift)})</span>
                )}
              </Compared>
              <Compared label={texts.interval(percent(1 - props.alpha))}>
                {found.low === null || found.high === null
                  ? null
                  : texts.fromTo(formatDifference(found.low, goal), formatDifference(found.high, goal))}
              </Compared>
              <Compared label={texts.pValue}>{found.pValue === null ? null : formatP(found.pValue)}</Compared>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}

/** Where there is nothing to compare a column has a dash; on a phone, which has no columns, the line is left out. */
function Compared({ label, children }: { label: string; children: ReactNode }) {
  const empty = [children].flat().every((part) => part === null);
  return (
    <TableCell label={label} numeric className={empty ? "max-sm:hidden!" : "whitespace-nowrap tabular-nums"}>
      {empty ? "–" : <span>{children}</span>}
    </TableCell>
  );
}

const signedPercent = (value: number) =>
  `${value > 0 ? "+" : value < 0 ? "−" : ""}${formatNumber(Math.abs(Math.round(value * 100)))} %`;
