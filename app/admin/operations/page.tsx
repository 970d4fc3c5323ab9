import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { OperationTable } from "@/components/operation/operation-table";
import { texts } from "@/components/operation/texts";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ArrowDownUp } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { RowsSkeleton } from "@/components/ui/skeleton";
import { getEngine } from "@/lib/engine";
import { requireRole } from "@/lib/session";

export const metadata: Metadata = { title: texts.operations };

export default async function OperationsPage(props: { searchParams: Promise<{ cursor?: string }> }) {
  await requireRole("operator");
  return (
    <>
      <PageHeader title={texts.operations} description={texts.description} />
      <Suspense fallback={<RowsSkeleton rows={6} />}>
        <Content {...props} />
      </Suspense>
    </>
  );
}

async function Content(props: { searchParams: Promise<{ cursor?: string }> }) {
  const { cursor } = await props.searchParams;
  const { items, nextCursor } = await getEngine().install.operations.list({
    limit: 50,
    ...(cursor === undefined ? {} : { cursor }),
  });
  return (
    <>
      {items.length > 0 ? (
        <OperationTable operations={items} />
      ) : (
        <EmptyState
          icon={ArrowDownUp}
          title={texts.empty}
          action={
            <Button asChild variant="primary">
              <Link href="/admin/marketplace">{texts.openTheMarketplace}</Link>
            </Button>
          }
        >
          {texts.emptyExplanation}
        </EmptyState>
      )}
      <Pager href="/admin/operations" next={nextCursor} first={cursor === undefined} />
    </>
  );
}
