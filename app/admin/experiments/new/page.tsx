import type { Metadata } from "next";
import { experimentChoices, findExperiment } from "@/app/admin/experiments/experiment-choices";
import { ExperimentForm } from "@/components/experiments/experiment-form";
import { namesIn } from "@/components/experiments/experiment-words";
import { texts } from "@/components/experiments/texts";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { PageHeader } from "@/components/ui/page-header";
import { getEngine } from "@/lib/engine";
import { requireRole } from "@/lib/session";

export const metadata: Metadata = { title: texts.newExperiment };

export default async function NewExperimentPage({ searchParams }: PageProps<"/admin/experiments/new">) {
  await requireRole("administrator");
  const { copy } = await searchParams;
  const [from, choices] = await Promise.all([findExperiment(copy), experimentChoices()]);
  const { directory } = getEngine().access;
  return (
    <div className="max-w-2xl">
      <PageHeader
        before={<Breadcrumb items={[{ label: texts.experiments, href: "/admin/experiments" }]} />}
        title={texts.newExperiment}
        description={from === null ? texts.newExplained : texts.copyExplained(from.title)}
      />
      {from === null ? (
        <ExperimentForm {...choices} />
      ) : (
        <ExperimentForm
          {...choices}
          from={from}
          names={namesIn(from, (id) => directory.identity(id)?.name ?? id)}
        />
      )}
    </div>
  );
}
