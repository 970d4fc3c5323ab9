import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ExperimentResults, GoalResult } from "@/contract/experiments";
import { formatDifference } from "./experiment-words.ts";

const rowsMax = 12;

/** What the pictures show, in figures: for screen readers, and for who wants to know exactly. */
export function CourseTable({ results, goal }: { results: ExperimentResults; goal: GoalResult }) {
  const { timeline } = results;
  const step = Math.max(1, Math.ceil(timeline.length / rowsMax));
  const shown = timeline.filter((_, i) => (timeline.length - 1 - i) % step === 0);
  return (
    <details>
      <summary className="w-fit cursor-pointer text-muted-foreground hover:text-foreground">
        As a table
      </summary>
      <Table label="Course of the experiment" className="mt-2">
        <TableHeader>
          <TableRow>
            <TableHead>When</TableHead>
            <TableHead>Variant</TableHead>
            <TableHead numeric>Users</TableHead>
            <TableHead numeric>Difference</TableHead>
            <TableHead numeric>From</TableHead>
            <TableHead numeric>To</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {shown.flatMap(({ at, variants }) =>
            variants.map(({ variant, users, difference, low, high }) => (
              <TableRow key={`${at} ${variant}`}>
                <TableCell label="When">
                  <Time value={at} absolute />
                </TableCell>
                <TableCell label="Variant" className="font-mono text-xs">
                  {variant}
                </TableCell>
                <TableCell label="Users" numeric className="tabular-nums">
                  {users}
                </TableCell>
                {[difference, low, high].map((value, i) => (
                  <TableCell
                    // biome-ignore lint/suspicious/noArrayIndexKey: three fixed columns
                    key={i}
                    label={["Difference", "From", "To"][i] ?? ""}
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
