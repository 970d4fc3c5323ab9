import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { experimentChoices, findExperiment } from "@/app/admin/experiments/experiment-choices";
import { ExperimentForm } from "@/components/experiments/experiment-form";
import { namesIn } from "@/components/experiments/experiment-words";
import { texts } from "@/components/experiments/texts";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { getEngine } from "@/lib/engine";
import { requireRole } from "@/lib/session";

type Props = PageProps<"/admin/experiments/[id]/edit">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireRole("administrator");
  const experiment = await findExperiment((await params).id);
  return { title: experiment === null ? texts.editExperiment : texts.editNamed(experiment.title) };
}

export default async function EditExperimentPage({ params }: Props) {
  await requireRole("administrator");
  const experiment = await findExperiment((await params).id);
  if (experiment === null) notFound();
  const { id, title, status } = experiment;
  const { directory } = getEngine().access;
  return (
    <div className="max-w-2xl">
      <PageHeader
        before={
          <Breadcrumb
            items={[
              { label: texts.experiments, href: "/admin/experiments" },
              { label: title, href: `/admin/experiments/${id}` },
            ]}
          />
        }
        title={texts.editNamed(title)}
        description={status === "draft" ? texts.editExplained : undefined}
      />
      {status === "draft" ? (
        <ExperimentForm
          {...(await experimentChoices())}
          from={experiment}
          names={namesIn(experiment, (user) => directory.identity(user)?.name ?? user)}
          editing
        />
      ) : (
        <div className="grid justify-items-start gap-4">
          <Notice title={texts.hasBegun(title)}>{texts.hasBegunHint}</Notice>
          <Button asChild variant="primary">
            <Link href={`/admin/experiments/new?copy=${id}`}>{texts.duplicate}</Link>
          </Button>
        </div>
      )}
    </div>
  );
}
