import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { FlagView } from "@/contract/flags";
import { FlagSwitch } from "./flag-switch.tsx";
import { flagWords } from "./flag-words.ts";

export function FlagTable({ flags, titles }: { flags: FlagView[]; titles: Record<string, string> }) {
  return (
    <Table label="Flags">
      <TableHeader>
        <TableRow>
          <TableHead>Flag</TableHead>
          <TableHead>Type</TableHead>
          <TableHead>Who gets what</TableHead>
          <TableHead>From</TableHead>
          <TableHead>Changed</TableHead>
          <TableHead numeric>On</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {flags.map((flag) => (
          <TableRow key={flag.key}>
            <TableCell>
              <span className="grid min-w-0 text-left">
                <Link
                  href={`/admin/flags/${encodeURIComponent(flag.key)}`}
                  className="w-fit font-mono text-[0.8125rem] font-medium break-all hover:underline"
                >
                  {flag.key}
                </Link>
                <span className="max-w-md truncate text-xs text-muted-foreground">{flag.description}</span>
              </span>
            </TableCell>
            <TableCell label="Type" className="text-muted-foreground">
              {flag.type}
            </TableCell>
            <TableCell label="Who gets what">{flagWords(flag.definition)}</TableCell>
            <TableCell label="From">
              {flag.module === null ? "Made here" : (titles[flag.module] ?? flag.module)}
              {flag.changed ? <Badge className="ml-2">Changed</Badge> : null}
            </TableCell>
            <TableCell label="Changed" className="text-muted-foreground">
              {flag.updatedAt === null ? "Never" : <Time value={flag.updatedAt} />}
            </TableCell>
            <TableCell label="On" numeric>
              <FlagSwitch flagKey={flag.key} on={flag.definition.state === "ENABLED"} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
