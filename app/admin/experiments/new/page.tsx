import type { Metadata } from "next";
import { ExperimentForm } from "@/components/experiments/experiment-form";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { PageHeader } from "@/components/ui/page-header";
import { getEngine } from "@/lib/engine";
import { requireRole } from "@/lib/session";

export const metadata: Metadata = { title: "New experiment" };

export default async function NewExperimentPage() {
  await requireRole("administrator");
  const { access, experiments, flags } = getEngine();
  const groups = await access.groups.list();
  const choices = flags.features
    .list()
    .filter(({ archived, definition }) => !archived && Object.keys(definition.variants).length > 1)
    .map(({ key, description, definition }) => ({
      key,
      description,
      variants: Object.keys(definition.variants),
      control: definition.defaultVariant ?? null,
    }));
  return (
    <div className="max-w-2xl">
      <PageHeader
        before={<Breadcrumb items={[{ label: "Experiments", href: "/admin/experiments" }]} />}
        title="New experiment"
        description="Nobody gets anything else before you start it."
      />
      <ExperimentForm
        flags={choices}
        goals={experiments.goals()}
        groups={groups.map(({ key, name }) => ({ key, name }))}
      />
    </div>
  );
}
