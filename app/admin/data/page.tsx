import type { Metadata } from "next";
import { Suspense } from "react";
import { BackupSection } from "@/components/backup/backup-section";
import { KeptDataTable } from "@/components/data/kept-data-table";
import { RetentionForm } from "@/components/data/retention-form";
import { texts } from "@/components/data/texts";
import { EmptyState } from "@/components/ui/empty-state";
import { Database } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { RowsSkeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import { getEngine } from "@/lib/engine";
import { hasRole, requireRole } from "@/lib/session";

export const metadata: Metadata = { title: texts.data };

export default async function DataPage() {
  const viewer = await requireRole("operator");
  return (
    <>
      <PageHeader title={texts.data} description={texts.description} />
      <Suspense fallback={<RowsSkeleton rows={6} />}>
        <Content mayDelete={hasRole(viewer, "administrator")} />
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

async function Content({ mayDelete }: { mayDelete: boolean }) {
  const { install, registry } = getEngine();
  const items = await install.keptData.list();
  return (
    <>
      {items.length === 0 ? (
        <EmptyState icon={Database} title={texts.empty}>
          {texts.emptyExplanation}
        </EmptyState>
      ) : (
        <KeptDataTable
          mayDelete={mayDelete}
          items={items.map((item) => ({ ...item, installed: registry.get(item.module) !== null }))}
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
        title={texts.retention}
        description={
          <>
            {texts.retentionDescription}{" "}
            {appliedAt && (
              <span className="text-foreground">{texts.lastApplied(<Time value={appliedAt} />)}</span>
            )}{" "}
            {updatedAt && (
              <span className="text-foreground">{texts.setBy(<Time value={updatedAt} />, updatedBy)}</span>
            )}
          </>
        }
      >
        <RetentionForm policy={policy} mayChange={mayChange} />
      </Section>
    </div>
  );
}
