import { FlaskConical, Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { ExperimentTable } from "@/components/experiments/experiment-table";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { getEngine } from "@/lib/engine";
import { requireRole } from "@/lib/session";

export const metadata: Metadata = { title: "Experiments" };

export default async function ExperimentsPage() {
  await requireRole("administrator");
  const experiments = await getEngine().experiments.list();
  const create = (
    <Button asChild variant="primary">
      <Link href="/admin/experiments/new">
        <Plus aria-hidden />
        New experiment
      </Link>
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Experiments"
        description="Which variant of a flag serves people better, from what they do."
        actions={experiments.length === 0 ? undefined : create}
      />
      {experiments.length === 0 ? (
        <EmptyState
          icon={FlaskConical}
          title="No experiments yet"
          action={create}
          className="rounded-lg border border-dashed"
        >
          An experiment gives each user one variant of a flag and compares what they do then: read an
          announcement, vote in a poll, whatever modules report. The better variant is rolled out with one
          button.
        </EmptyState>
      ) : (
        <ExperimentTable experiments={experiments} />
      )}
    </>
  );
}
