import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { AccessChoice } from "@/components/plan/access-choice";
import { ConfirmBar } from "@/components/plan/confirm-bar";
import { DependencyGraph } from "@/components/plan/dependency-graph";
import { LossList } from "@/components/plan/loss-list";
import { PermissionChanges } from "@/components/plan/permission-changes";
import { PermissionList } from "@/components/plan/permission-list";
import { confirmLabel, planTitle } from "@/components/plan/plan-words";
import { SqlList } from "@/components/plan/sql-list";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { plural } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { getEngine } from "@/lib/engine";
import { requireRole } from "@/lib/session";
import { ChangelogSection } from "./changelog-section";
import { DataRollbacks } from "./data-rollbacks";
import { DataSections } from "./data-sections";
import { PlanNotices } from "./plan-notices";
import { consentsOf, graphOf, lossesOf, typedNames } from "./read-plan";
import { SettingsBack } from "./settings-back";

interface Props {
  params: Promise<{ id: string }>;
}

const findPlan = cache((id: string) =>
  getEngine()
    .plans.get(id)
    .catch((error: { code?: string }) => {
      if (error.code === "PLAN_NOT_FOUND") return null;
      throw error;
    }),
);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireRole("operator");
  const plan = await findPlan((await params).id);
  return { title: plan === null ? "Plan" : planTitle(plan.changes, plan.steps) };
}

export default async function PlanPage({ params }: Props) {
  await requireRole("operator");
  const { access, install } = getEngine();
  const { id } = await params;
  const plan = (await findPlan(id)) ?? notFound();
  const title = planTitle(plan.changes, plan.steps);
  const titles = new Map(plan.steps.map((step) => [step.module, step.title]));
  const asked = plan.steps.find((step) => step.action === "install" && step.neededBy === null);
  const chooses = asked !== undefined && plan.changes.some((change) => change.action === "install");
  const typed = typedNames(plan);
  const consents = consentsOf(plan);
  const open = !plan.stale && plan.operationId === null && plan.blockedBy.length === 0;
  return (
    <>
      <PageHeader
        before={<Breadcrumb items={[parentOf(plan.changes[0]?.action)]} />}
        title={title}
        description={
          <>
            A plan: nothing has happened yet. Computed on generation {plan.base} by {plan.createdBy},{" "}
            <Time value={plan.createdAt} />.
          </>
        }
      />
      <div className="grid grid-cols-1 gap-8 pb-8">
        <PlanNotices plan={plan} />
        {plan.destructive.length > 0 && (
          <Section title="What will be lost" className="rounded-lg border border-danger/35 bg-danger/4 p-4">
            <LossList losses={lossesOf(plan)} />
          </Section>
        )}
        <Section
          title="Modules"
          description="What changes, and what that rests on. An arrow points at what is needed."
        >
          <DependencyGraph modules={graphOf(plan, install.registry.list())} />
        </Section>
        <ChangelogSection plan={plan} />
        <DataSections plan={plan} />
        <DataRollbacks plan={plan} />
        {plan.settingsBack && <SettingsBack plan={plan} groups={await access.groups.list()} />}
        {chooses && (
          <Section
            title="Who will get it"
            description="Can be changed at any time, for the module and for each of its widgets."
          >
            <AccessChoice
              key={plan.id}
              changes={plan.changes}
              access={asked.access ?? { mode: "nobody" }}
              groups={await access.groups.list()}
            />
          </Section>
        )}
        {plan.permissionChanges.length > 0 && (
          <Section
            title="Permissions that change"
            description="Compared with the version that is installed."
            className={
              consents.length > 0 ? "rounded-lg border border-warning/35 bg-warning/4 p-4" : undefined
            }
          >
            <PermissionChanges changes={plan.permissionChanges} titles={titles} />
          </Section>
        )}
        {plan.permissions.length > 0 && (
          <Section title="What it will be allowed">
            <PermissionList permissions={plan.permissions} titles={titles} />
          </Section>
        )}
        {plan.sql.length > 0 && (
          <Section
            title="SQL"
            description="Exactly this runs, as the module's own role, in one transaction. If any of it fails, none of it happened."
          >
            <SqlList
              migrations={plan.sql}
              inUse={(module) => plan.steps.some((step) => step.module === module && step.from !== null)}
            />
          </Section>
        )}
      </div>
      {open && (
        <ConfirmBar
          key={plan.id}
          plan={plan.id}
          typed={typed}
          consents={consents}
          label={confirmLabel(plan.changes, plan.steps)}
          summary={`${plural(plan.steps.length, "module")}, ${plan.sql.length === 0 ? "no SQL" : plural(plan.sql.length, "migration")}. It can be taken back${typed.length > 0 ? ", but deleted data cannot" : ""}.`}
        />
      )}
    </>
  );
}

function parentOf(action: string | undefined) {
  if (action === "rollback") return { label: "History", href: "/admin/history" };
  return action === "install"
    ? { label: "Marketplace", href: "/admin/marketplace" }
    : { label: "Modules", href: "/admin/modules" };
}
