import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { CatalogCard } from "@/components/marketplace/catalog-card";
import { CatalogFilters } from "@/components/marketplace/catalog-filters";
import { CatalogProblems } from "@/components/marketplace/catalog-problems";
import { texts } from "@/components/marketplace/texts";
import { isModuleType } from "@/components/module/module-type";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchX, Store } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/page-header";
import { RowsSkeleton } from "@/components/ui/skeleton";
import { UpgradeAllButton } from "@/components/upgrades/upgrade-all-button";
import { getEngine } from "@/lib/engine";
import { moduleFileUrl } from "@/lib/navigation";
import { requireRole } from "@/lib/session";

export const metadata: Metadata = { title: texts.marketplace };

interface Search {
  query?: string;
  type?: string;
  category?: string;
}

export default async function MarketplacePage({ searchParams }: { searchParams: Promise<Search> }) {
  await requireRole("operator");
  const upgrades = (await getEngine().upgrades.available()).length;
  return (
    <>
      <PageHeader
        title={texts.marketplace}
        description={texts.description}
        actions={upgrades > 0 && <UpgradeAllButton count={upgrades} />}
      />
      <Suspense fallback={<RowsSkeleton rows={6} />}>
        <Content search={searchParams} />
      </Suspense>
    </>
  );
}

async function Content({ search }: { search: Promise<Search> }) {
  const { catalog, upgrades, registry } = getEngine();
  const outdated = new Set((await upgrades.available()).map(({ module }) => module));
  const { query, type, category } = await search;
  const filtered = Boolean(query || type || category);
  const { entries, categories, problems } = await catalog.search({
    ...(query ? { query } : {}),
    ...(isModuleType(type) ? { type } : {}),
    ...(category ? { category } : {}),
  });
  const cards = entries.map((entry) => ({
    ...entry,
    icon: entry.icon === null ? null : moduleFileUrl(entry.digest, entry.icon),
    installed: registry.get(entry.name)?.version ?? null,
    outdated: outdated.has(entry.name),
  }));
  return (
    <>
      <CatalogFilters categories={categories} />
      <CatalogProblems problems={problems} />
      <p role="status" className="sr-only">
        {texts.modulesFound(cards.length)}
      </p>
      {cards.length > 0 ? (
        <ul className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
          {cards.map((entry) => (
            <CatalogCard key={entry.name} entry={entry} />
          ))}
        </ul>
      ) : (
        <NothingFound filtered={filtered} />
      )}
    </>
  );
}

function NothingFound({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <EmptyState
        icon={SearchX}
        title={texts.noMatch}
        action={
          <Button asChild>
            <Link href="/admin/marketplace">{texts.showAll}</Link>
          </Button>
        }
      >
        {texts.noMatchExplanation}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Store} title={texts.empty}>
      {texts.emptyExplanation(<code className="font-mono">dir:/srv/modules</code>)}
    </EmptyState>
  );
}
