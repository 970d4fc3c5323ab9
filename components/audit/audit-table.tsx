"use client";

import { useState } from "react";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { AuditView } from "@/contract/audit";
import { AuditDetails } from "./audit-details.tsx";
import { texts } from "./texts.ts";

export function AuditTable({ entries }: { entries: AuditView[] }) {
  const [open, setOpen] = useState<AuditView | null>(null);
  return (
    <>
      <Table label={texts.audit}>
        <TableHeader>
          <TableRow>
            <TableHead>{texts.when}</TableHead>
            <TableHead>{texts.who}</TableHead>
            <TableHead>{texts.what}</TableHead>
            <TableHead>{texts.target}</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {entries.map((entry) => (
            <TableRow key={entry.id} className="relative has-focus-visible:bg-muted">
              <TableCell label={texts.when} className="text-muted-foreground sm:w-44">
                <Time value={entry.at} absolute />
              </TableCell>
              <TableCell label={texts.who} className="sm:max-w-48">
                <span className="truncate">{entry.actorName}</span>
                {entry.via === "user" || entry.via === "system" ? null : (
                  <span className="ml-1.5 text-xs text-muted-foreground">
                    {texts.viaNamed(viaLabel(entry.via))}
                  </span>
                )}
              </TableCell>
              <TableCell label={texts.what}>
                {/* Stretched over the row, so that all of it opens the details. */}
                <button
                  type="button"
                  aria-haspopup="dialog"
                  className="text-right after:absolute after:inset-0 sm:text-left"
                  onClick={() => setOpen(entry)}
                >
                  {entry.summary}
                </button>
              </TableCell>
              <TableCell label={texts.target} className="font-mono sm:max-w-56 text-xs text-muted-foreground">
                <span className="block truncate">{entry.target}</span>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <Sheet open={open !== null} onOpenChange={(next) => (next ? undefined : setOpen(null))}>
        <SheetContent
          side="right"
          className="overflow-y-auto"
          aria-describedby={undefined}
          // A link may lead to this very page with another filter, which would leave the drawer open.
          onClick={(event) => {
            if ((event.target as Element).closest("a") !== null) setOpen(null);
          }}
        >
          {open === null ? null : <AuditDetails entry={open} via={viaLabel(open.via)} />}
        </SheetContent>
      </Sheet>
    </>
  );
}

function viaLabel(via: string): string {
  return (
    { user: texts.viaBrowser, token: texts.viaToken, cli: texts.viaCli, system: texts.viaGraft }[via] ?? via
  );
}
