import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { findExperiment } from "@/app/admin/experiments/experiment-choices";
import { ExperimentActions } from "@/components/experiments/experiment-actions";
import { statusBadge } from "@/components/experiments/experiment-table";
import { namesIn, splitWords } from "@/components/experiments/experiment-words";
import { ResultsView } from "@/components/experiments/results-view";
import { texts } from "@/components/experiments/texts";
import { ConditionText } from "@/components/flags/condition-text";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { ExperimentView } from "@/contract/experiments";
import { getEngine } from "@/lib/engine";
import { requireRole } from "@/lib/session";

type Props = PageProps<"/admin/experiments/[id]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireRole("administrator");
  return { title: (await findExperiment((await params).id))?.title ?? texts.experiment };
}

export default async function ExperimentPage({ params }: Props) {
  await requireRole("administrator");
  const { id } = await params;
  const { access, experiments, flags } = getEngine();
  const experiment = await findExperiment(id);
  if (experiment === null) notFound();
  const results = experiment.status === "draft" ? null : await experiments.results(id);
  const flag = flags.features.get(experiment.flagKey);
  const userName = (user: string) => access.directory.identity(user)?.name ?? user;
  return (
    <>
      {experiment.status === "running" ? <LiveRefresh everyMs={5000} /> : null}
      <PageHeader
        before={<Breadcrumb items={[{ label: texts.experiments, href: "/admin/experiments" }]} />}
        title={experiment.title}
        description={experiment.hypothesis || undefined}
        actions={
          <>
            {statusBadge(experiment)}
            <ExperimentActions experiment={experiment} results={results} />
          </>
        }
      />
      <FlagNotice experiment={experiment} state={flag?.definition.state ?? null} />
      <div className="grid items-start gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_18rem]">
        {results === null ? (
          <p className="text-muted-foreground">{texts.draftExplained}</p>
        ) : (
          <ResultsView experiment={experiment} results={results} />
        )}
        <Section title={texts.design}>
          <dl className="grid gap-3">
            <Fact term={texts.flag}>
              <Link
                href={`/admin/flags/${encodeURIComponent(experiment.flagKey)}`}
                className="font-mono text-xs break-all underline-offset-4 hover:underline"
              >
                {experiment.flagKey}
              </Link>
            </Fact>
            <Fact term={texts.split}>{splitWords(experiment)}</Fact>
            <Fact term={texts.audience}>
              {experiment.audience.length === 0 ? (
                texts.everyone
              ) : (
                <span className="inline-block first-letter:uppercase">
                  <ConditionText conditions={experiment.audience} names={namesIn(experiment, userName)} />
                </span>
              )}
            </Fact>
            <Fact term={texts.decidedBy}>{experiment.goals[0]?.title}</Fact>
            {experiment.startedAt === null ? null : (
              <Fact term={texts.started}>
                <Time value={experiment.startedAt} />
              </Fact>
            )}
            {experiment.stoppedAt === null ? null : (
              <Fact term={texts.ended}>
                <Time value={experiment.stoppedAt} />
              </Fact>
            )}
            <Fact term={texts.createdBy}>{experiment.createdBy}</Fact>
          </dl>
          {experiment.status === "draft" ? null : (
            <p className="text-xs text-muted-foreground">{texts.designFixed}</p>
          )}
        </Section>
      </div>
    </>
  );
}

function FlagNotice({ experiment, state }: { experiment: ExperimentView; state: string | null }) {
  if (experiment.status === "running" && state !== "ENABLED") {
    return (
      <Notice tone="warning" className="mb-6" title={state === null ? texts.flagGone : texts.flagOff}>
        {texts.flagGoneHint}
      </Notice>
    );
  }
  if (experiment.status !== "concluded") return null;
  return (
    <Notice tone="success" className="mb-6" title={texts.winnerRolledOut(experiment.winner ?? "")}>
      {texts.winnerExplained}
    </Notice>
  );
}

function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div className="grid gap-0.5">
      <dt className="text-xs text-muted-foreground">{term}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}
