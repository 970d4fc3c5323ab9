import { History } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { compareGenerations } from "@/components/history/compare-generations";
import { GenerationItem } from "@/components/history/generation-item";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { RowsSkeleton } from "@/components/ui/skeleton";
import type { GenerationView } from "@/engine/install/index.ts";
import { getEngine } from "@/lib/engine";
import { requireRole } from "@/lib/session";
import { CompareSection } from "./compare-section";

export const metadata: Metadata = { title: "History" };

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
      <PageHeader
        title="History"
        description="Every change makes a new generation: the exact set of modules. Going back to one is a change like any other, with a plan of its own."
      />
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
  const { generations } = getEngine().install;
  const { items, nextCursor } = await generations.list({
    limit: 30,
    ...(cursor === undefined ? {} : { cursor }),
  });
  const byNumber = new Map(items.map((generation) => [generation.number, generation]));
  // The oldest on this page rests on one that may stand on the next; generation 0 is the empty host.
  const missing = items.flatMap(({ parent }) =>
    parent !== null && parent > 0 && !byNumber.has(parent) ? [parent] : [],
  );
  for (const parent of await Promise.all([...new Set(missing)].map((number) => generations.get(number))))
    byNumber.set(parent.number, parent);
  return (
    <>
      {items.length === 0 ? (
        <EmptyState icon={History} title="Nothing has changed yet">
          The first install makes the first generation.
        </EmptyState>
      ) : (
        <ol className="max-w-3xl">
          {items.map((generation) => (
            <GenerationItem
              key={generation.number}
              generation={{
                ...generation,
                modules: generation.modules.length,
                compareWith: getEngine().install.registry.generation(),
                changes: compareGenerations(modulesOf(generation.parent, byNumber), generation.modules),
              }}
            />
          ))}
        </ol>
      )}
      <Pager href="/admin/history" next={nextCursor} first={cursor === undefined} />
    </>
  );
}

function modulesOf(number: number | null, byNumber: Map<number, GenerationView>) {
  return number === null ? [] : (byNumber.get(number)?.modules ?? []);
}
