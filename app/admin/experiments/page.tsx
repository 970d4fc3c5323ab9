import type { Metadata } from "next";
import Link from "next/link";
import { ExperimentTable } from "@/components/experiments/experiment-table";
import { texts } from "@/components/experiments/texts";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FlaskConical, Plus } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/page-header";
import { getEngine } from "@/lib/engine";
import { requireRole } from "@/lib/session";

export const metadata: Metadata = { title: texts.experiments };

export default async function ExperimentsPage() {
  await requireRole("administrator");
  const experiments = await getEngine().experiments.list();
  const create = (
    <Button asChild variant="primary">
      <Link href="/admin/experiments/new">
        <Plus aria-hidden />
        {texts.newExperiment}
      </Link>
    </Button>
  );
  return (
    <>
      <PageHeader
        title={texts.experiments}
        description={texts.experimentsExplained}
        actions={experiments.length === 0 ? undefined : create}
      />
      {experiments.length === 0 ? (
        <EmptyState
          icon={FlaskConical}
          title={texts.noExperiments}
          action={create}
          className="rounded-lg border border-dashed"
        >
          {texts.noExperimentsHint}
        </EmptyState>
      ) : (
        <ExperimentTable experiments={experiments} />
      )}
    </>
  );
}
