import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { FlagView } from "@/contract/flags";
import { FlagSwitch } from "./flag-switch.tsx";
import { flagWords } from "./flag-words.ts";
import { texts } from "./texts.ts";

export function FlagTable({ flags, titles }: { flags: FlagView[]; titles: Record<string, string> }) {
  return (
    <Table label={texts.flags}>
      <TableHeader>
        <TableRow>
          <TableHead>{texts.flag}</TableHead>
          <TableHead>{texts.type}</TableHead>
          <TableHead>{texts.whoGetsWhat}</TableHead>
          <TableHead>{texts.origin}</TableHead>
          <TableHead>{texts.changed}</TableHead>
          <TableHead numeric>{texts.on}</TableHead>
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
            <TableCell label={texts.type} className="text-muted-foreground">
              {flag.type}
            </TableCell>
            <TableCell label={texts.whoGetsWhat}>{flagWords(flag.definition)}</TableCell>
            <TableCell label={texts.origin}>
              {flag.module === null ? texts.createdHere : (titles[flag.module] ?? flag.module)}
              {flag.changed ? <Badge className="ml-2">{texts.changed}</Badge> : null}
            </TableCell>
            <TableCell label={texts.changed} className="text-muted-foreground">
              {flag.updatedAt === null ? texts.never : <Time value={flag.updatedAt} />}
            </TableCell>
            <TableCell label={texts.on} numeric>
              <FlagSwitch flagKey={flag.key} on={flag.definition.state === "ENABLED"} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
