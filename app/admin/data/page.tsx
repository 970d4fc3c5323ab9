import { Database } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { BackupSection } from "@/components/backup/backup-section";
import { KeptDataTable } from "@/components/data/kept-data-table";
import { RetentionForm } from "@/components/data/retention-form";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { RowsSkeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import { getEngine } from "@/lib/engine";
import { hasRole, requireRole } from "@/lib/session";

export const metadata: Metadata = { title: "Data" };

export default async function DataPage() {
  const viewer = await requireRole("operator");
  return (
    <>
      <PageHeader
        title="Data"
        description="What uninstalled modules left behind, and snapshots taken before upgrades, restores and deletions, which Undo and History go back to."
      />
      <Suspense fallback={<RowsSkeleton rows={6} />}>
        <Content />
      </Suspense>
      <Suspense fallback={<RowsSkeleton rows={3} />}>
        <Retention mayChange={hasRole(viewer, "administrator")} />
      </Suspense>
      {hasRole(viewer, "administrator") && (
        <Suspense fallback={<RowsSkeleton rows={3} />}>
          <BackupSection />
        </Suspense>
      )}
    </>
  );
}

async function Content() {
  const { install } = getEngine();
  const items = await install.keptData.list();
  return (
    <>
      {items.length === 0 ? (
        <EmptyState icon={Database} title="Nothing is kept">
          When you uninstall a module you choose whether its data stays, becomes a file, or goes. What stays
          is listed here, beside the snapshots taken before upgrades and deletions.
        </EmptyState>
      ) : (
        <KeptDataTable
          items={items.map((item) => ({ ...item, installed: install.registry.get(item.module) !== null }))}
        />
      )}
    </>
  );
}

async function Retention({ mayChange }: { mayChange: boolean }) {
  const { updatedAt, updatedBy, appliedAt, ...policy } = await getEngine().install.retention.get();
  return (
    <div className="mt-10">
      <Section
        id="retention"
        title="Retention"
        description={
          <>
            What is beyond these limits goes by itself, daily and when a newer snapshot is taken. What undoing
            the last change needs always stays.{" "}
            {appliedAt && (
              <span className="text-foreground">
                Last applied <Time value={appliedAt} />.
              </span>
            )}{" "}
            {updatedAt && (
              <span className="text-foreground">
                Set <Time value={updatedAt} /> by {updatedBy}.
              </span>
            )}
          </>
        }
      >
        <RetentionForm policy={policy} mayChange={mayChange} />
      </Section>
    </div>
  );
}
