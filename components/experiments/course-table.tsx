import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ExperimentResults, GoalResult } from "@/contract/experiments";
import { formatDifference } from "./experiment-words.ts";
import { texts } from "./texts.ts";

const rowsMax = 12;

/** What the pictures show, in figures: for screen readers, and for who wants to know exactly. */
export function CourseTable({ results, goal }: { results: ExperimentResults; goal: GoalResult }) {
  const { timeline } = results;
  const step = Math.max(1, Math.ceil(timeline.length / rowsMax));
  const shown = timeline.filter((_, i) => (timeline.length - 1 - i) % step === 0);
  return (
    <details>
      <summary className="w-fit cursor-pointer text-muted-foreground hover:text-foreground">
        {texts.asTable}
      </summary>
      <Table label={texts.courseTable} className="mt-2">
        <TableHeader>
          <TableRow>
            <TableHead>{texts.when}</TableHead>
            <TableHead>{texts.variant}</TableHead>
            <TableHead numeric>{texts.users}</TableHead>
            <TableHead numeric>{texts.difference}</TableHead>
            <TableHead numeric>{texts.from}</TableHead>
            <TableHead numeric>{texts.to}</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {shown.flatMap(({ at, variants }) =>
            variants.map(({ variant, users, difference, low, high }) => (
              <TableRow key={`${at} ${variant}`}>
                <TableCell label={texts.when}>
                  <Time value={at} absolute />
                </TableCell>
                <TableCell label={texts.variant} className="font-mono text-xs">
                  {variant}
                </TableCell>
                <TableCell label={texts.users} numeric className="tabular-nums">
                  {users}
                </TableCell>
                {[difference, low, high].map((value, i) => (
                  <TableCell
                    // biome-ignore lint/suspicious/noArrayIndexKey: three fixed columns
                    key={i}
                    label={[texts.difference, texts.from, texts.to][i] ?? ""}
                    numeric
                    className="tabular-nums"
                  >
                    {value === null ? "–" : formatDifference(value, goal)}
                  </TableCell>
                ))}
              </TableRow>
            )),
          )}
        </TableBody>
      </Table>
    </details>
  );
}
