import type { Metadata } from "next";
import Link from "next/link";
import { auditQuery, readAuditFilter } from "@/app/admin/audit/audit-filter";
import { AuditFilters } from "@/components/audit/audit-filters";
import { AuditTable } from "@/components/audit/audit-table";
import { texts } from "@/components/audit/texts";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Download, ScrollText } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/page-header";
import { getEngine } from "@/lib/engine";
import { oneOf, withQuery } from "@/lib/search-params";
import { requireRole } from "@/lib/session";

export const metadata: Metadata = { title: texts.audit };

export default async function AuditPage({ searchParams }: PageProps<"/admin/audit">) {
  await requireRole("administrator");
  const search = await searchParams;
  const filter = readAuditFilter(search);
  const cursor = oneOf(search.cursor);
  const { audit, users } = getEngine().access;
  const [page, actor] = await Promise.all([
    audit.list({ ...filter, limit: 50, ...(cursor && { cursor }) }),
    // The account may be gone while what it did stays.
    filter.actorId === undefined ? null : users.get(filter.actorId).catch(() => null),
  ]);
  const query = auditQuery(filter);
  return (
    <>
      <PageHeader
        title={texts.audit}
        description={texts.auditExplained}
        actions={
          <Button asChild>
            <a href={withQuery("/admin/audit/export", query)} download>
              <Download aria-hidden />
              {texts.downloadCsv}
            </a>
          </Button>
        }
      />
      <AuditFilters actorName={actor?.name ?? null} />
      {page.items.length > 0 ? (
        <AuditTable entries={page.items} />
      ) : (
        <EmptyState icon={ScrollText} title={texts.nothingMatches}>
          {texts.nothingMatchesHint}
        </EmptyState>
      )}
      <nav aria-label={texts.pages} className="mt-4 flex justify-end gap-2">
        {cursor ? (
          <Button asChild size="sm">
            <Link href={withQuery("/admin/audit", query)}>{texts.backToNewest}</Link>
          </Button>
        ) : null}
        {page.nextCursor ? (
          <Button asChild size="sm">
            <Link href={withQuery("/admin/audit", { ...query, cursor: page.nextCursor })}>{texts.older}</Link>
          </Button>
        ) : null}
      </nav>
    </>
  );
}
