import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { IsolationList } from "@/components/isolation/isolation-list";
import { texts as isolationTexts } from "@/components/isolation/texts";
import { AccessChoice } from "@/components/plan/access-choice";
import { ConfirmBar } from "@/components/plan/confirm-bar";
import { DependencyGraph } from "@/components/plan/dependency-graph";
import { LossList } from "@/components/plan/loss-list";
import { PermissionChanges } from "@/components/plan/permission-changes";
import { PermissionList } from "@/components/plan/permission-list";
import { confirmLabel, planTitle } from "@/components/plan/plan-words";
import { SqlList } from "@/components/plan/sql-list";
import { texts } from "@/components/plan/texts";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { getEngine } from "@/lib/engine";
import { hasRole, requireRole } from "@/lib/session";
import { ChangelogSection } from "./changelog-section";
import { DataRollbacks } from "./data-rollbacks";
import { DataSections } from "./data-sections";
import { PlanNotices } from "./plan-notices";
import { askingOf, consentsOf, graphOf, lossesOf, typedNames } from "./read-plan";
import { SettingsBack } from "./settings-back";
import { SettingsSections } from "./settings-sections";

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
  return { title: plan === null ? texts.plan : planTitle(plan.changes, plan.steps) };
}

export default async function PlanPage({ params }: Props) {
  const viewer = await requireRole("operator");
  const { access, registry, runtime } = getEngine();
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
        description={texts.planDescription(plan.base, plan.createdBy, <Time value={plan.createdAt} />)}
      />
      <div className="grid grid-cols-1 gap-8 pb-8">
        <PlanNotices plan={plan} />
        {plan.destructive.length > 0 && (
          <Section
            title={texts.whatWillBeLost}
            className="rounded-lg border border-danger/35 bg-danger/4 p-4"
          >
            <LossList losses={lossesOf(plan)} />
          </Section>
        )}
        <Section title={texts.modules} description={texts.modulesDescription}>
          <DependencyGraph modules={graphOf(plan, registry.list())} />
        </Section>
        <ChangelogSection plan={plan} />
        <DataSections plan={plan} />
        <DataRollbacks plan={plan} />
        {plan.settingsBack && <SettingsBack plan={plan} groups={await access.groups.list()} />}
        {chooses && (
          <Section title={texts.accessTitle} description={texts.accessDescription}>
            <AccessChoice
              key={plan.id}
              plan={plan.id}
              changes={plan.changes}
              access={asked.access ?? { mode: "nobody" }}
              groups={await access.groups.list()}
            />
          </Section>
        )}
        <SettingsSections plan={plan} administrator={hasRole(viewer, "administrator")} />
        {plan.permissionChanges.length > 0 && (
          <Section
            title={texts.changedPermissions}
            description={texts.changedPermissionsDescription}
            className={
              consents.length > 0 ? "rounded-lg border border-warning/35 bg-warning/4 p-4" : undefined
            }
          >
            <PermissionChanges changes={plan.permissionChanges} titles={titles} />
          </Section>
        )}
        {plan.permissions.length > 0 && (
          <Section title={texts.permissions}>
            <PermissionList permissions={plan.permissions} titles={titles} />
          </Section>
        )}
        {plan.permissions.some(({ kind }) => kind === "memory") && (
          <Section title={isolationTexts.planTitle} description={isolationTexts.planDescription}>
            <IsolationList isolation={await runtime.isolation()} />
          </Section>
        )}
        {plan.sql.length > 0 && (
          <Section title={texts.sql} description={texts.sqlDescription}>
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
          missing={askingOf(plan)}
          label={confirmLabel(plan.changes, plan.steps)}
          summary={(typed.length > 0 ? texts.summaryWithDeletion : texts.summary)(
            plan.steps.length,
            plan.sql.length,
          )}
        />
      )}
    </>
  );
}

function parentOf(action: string | undefined) {
  if (action === "rollback") return { label: texts.history, href: "/admin/history" };
  return action === "install"
    ? { label: texts.marketplace, href: "/admin/marketplace" }
    : { label: texts.modules, href: "/admin/modules" };
}
