import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { SheetTitle } from "@/components/ui/sheet";
import { Time } from "@/components/ui/time";
import type { AuditView } from "@/contract/audit";
import { withQuery } from "@/lib/search-params";
import { texts } from "./texts.ts";

/** Everything the audit knows of one entry. */
export function AuditDetails({ entry, via }: { entry: AuditView; via: string }) {
  const details = JSON.stringify(entry.details, null, 2);
  return (
    <div className="grid gap-5 p-6">
      <SheetTitle className="pr-8 text-base font-semibold text-pretty">{entry.summary}</SheetTitle>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
        <Row label={texts.when}>
          <Time value={entry.at} absolute />
        </Row>
        <Row label={texts.who}>
          {entry.actorId === null ? (
            entry.actorName
          ) : (
            <Link
              className="underline underline-offset-4"
              href={withQuery("/admin/audit", { actor: entry.actorId })}
            >
              {entry.actorName}
            </Link>
          )}
        </Row>
        <Row label={texts.through}>{via}</Row>
        <Row label={texts.action}>
          <code className="font-mono text-xs">{entry.action}</code>
        </Row>
        <Row label={texts.target}>
          <Link
            className="font-mono text-xs underline underline-offset-4"
            href={withQuery("/admin/audit", { target: entry.target })}
          >
            {entry.target}
          </Link>
        </Row>
        {entry.ip === null ? null : <Row label={texts.address}>{entry.ip}</Row>}
      </dl>
      {entry.planId === null && entry.operationId === null ? null : (
        <div className="flex flex-wrap gap-2">
          {entry.planId === null ? null : (
            <Button asChild size="sm">
              <Link href={`/admin/plans/${entry.planId}`}>{texts.openPlan}</Link>
            </Button>
          )}
          {entry.operationId === null ? null : (
            <Button asChild size="sm">
              <Link href={`/admin/operations/${entry.operationId}`}>{texts.openOperation}</Link>
            </Button>
          )}
        </div>
      )}
      {details === "{}" ? null : <CodeBlock text={details} label={texts.details} />}
    </div>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted-foreground">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
