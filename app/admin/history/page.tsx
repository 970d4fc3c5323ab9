import type { Metadata } from "next";
import { Suspense } from "react";
import { GenerationItem } from "@/components/history/generation-item";
import { texts } from "@/components/history/texts";
import { EmptyState } from "@/components/ui/empty-state";
import { RotateCcwClock } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { RowsSkeleton } from "@/components/ui/skeleton";
import { getEngine } from "@/lib/engine";
import { requireRole } from "@/lib/session";
import { CompareSection } from "./compare-section";

export const metadata: Metadata = { title: texts.history };

interface Params {
  cursor?: string;
  /** The two generations that are compared. */
  from?: string;
  to?: string;
}

export default async function HistoryPage(props: { searchParams: Promise<Params> }) {
  await requireRole("operator");
  const { from, to } = await props.searchParams;
  return (
    <>
      <PageHeader title={texts.history} description={texts.description} />
      <Suspense key={`${from} ${to}`} fallback={<RowsSkeleton rows={3} />}>
        <CompareSection {...(from && to && { pair: { from, to } })} />
      </Suspense>
      <Suspense fallback={<RowsSkeleton rows={6} />}>
        <Content {...props} />
      </Suspense>
    </>
  );
}

async function Content(props: { searchParams: Promise<Params> }) {
  const { cursor } = await props.searchParams;
  const { install, registry } = getEngine();
  const { generations } = install;
  const { items, nextCursor } = await generations.list({
    limit: 30,
    ...(cursor === undefined ? {} : { cursor }),
  });
  return (
    <>
      {items.length === 0 ? (
        <EmptyState icon={RotateCcwClock} title={texts.empty}>
          {texts.emptyExplanation}
        </EmptyState>
      ) : (
        <ol className="max-w-3xl">
          {items.map((generation) => (
            <GenerationItem
              key={generation.number}
              generation={{
                ...generation,
                modules: generation.modules.length,
                compareWith: registry.generation(),
              }}
            />
          ))}
        </ol>
      )}
      <Pager href="/admin/history" next={nextCursor} first={cursor === undefined} />
    </>
  );
}
