"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { ReviewChange } from "@/components/flags/review-change";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toastProblem, toastSuccess, toastUndo } from "@/components/ui/toast";
import type { ExperimentResults, ExperimentView } from "@/contract/experiments";
import { type ActionResult, problemFrom, unwrap } from "@/lib/problem";
import {
  previewRollOut,
  previewStart,
  removeExperiment,
  rollOut,
  startExperiment,
  stopExperiment,
  undoRollOut,
} from "./actions";
import { texts } from "./texts.ts";

/** What can be done with an experiment in its state. */
export function ExperimentActions(props: {
  experiment: ExperimentView;
  results: Pick<ExperimentResults, "verdict" | "ratio"> | null;
}) {
  const router = useRouter();
  const { experiment } = props;
  const alarm = props.results?.ratio.alarm ?? false;
  // Figures that cannot be trusted propose nothing.
  const verdict = alarm ? null : (props.results?.verdict ?? null);
  const { id, title, status, flagKey } = experiment;
  const variants = experiment.variants.map(({ variant }) => variant);
  const best = verdict?.kind === "winner" || verdict?.kind === "control" ? verdict.variant : null;

  async function attempt(action: Promise<ActionResult<unknown>>, done: string) {
    try {
      await unwrap(action);
      toastSuccess(done);
      router.refresh();
      return true;
    } catch (error) {
      toastProblem(problemFrom(error));
      return false;
    }
  }
  const undo = () => attempt(undoRollOut({ id }), texts.flagRestored(flagKey));

  return (
    <>
      {status === "draft" ? (
        <Button asChild>
          <Link href={`/admin/experiments/${id}/edit`}>{texts.edit}</Link>
        </Button>
      ) : null}
      <Button asChild>
        <Link href={`/admin/experiments/new?copy=${id}`}>{texts.duplicate}</Link>
      </Button>
      {status === "draft" ? (
        <ReviewChange
          label={texts.start}
          title={texts.startNamed(title)}
          description={texts.startExplained(flagKey)}
          preview={() => unwrap(previewStart({ id }))}
          run={() => unwrap(startExperiment({ id }))}
          onDone={() => toastSuccess(texts.hasStarted(title))}
        />
      ) : null}
      {status === "running" ? (
        <ConfirmDialog
          trigger={<Button>{texts.stop}</Button>}
          title={texts.stopQuestion(title)}
          description={texts.stopExplained(flagKey)}
          confirmLabel={texts.stopExperiment}
          onConfirm={() => attempt(stopExperiment({ id }), texts.hasStopped(title))}
        />
      ) : null}
      {status === "running" || status === "stopped" ? (
        <ReviewChange
          label={best === null ? texts.rollOut : texts.rollOutWinner}
          primary={best !== null}
          title={best === null ? texts.rollOutVariant : texts.rollOutNamed(best)}
          description={texts.rollOutExplained}
          warning={alarm ? texts.rollOutDespiteShares : best === null ? texts.rollOutUndecided : undefined}
          variants={best === null ? variants : [best, ...variants.filter((variant) => variant !== best)]}
          preview={(variant) => unwrap(previewRollOut({ id, variant }))}
          run={(variant) => unwrap(rollOut({ id, variant }))}
          onDone={(variant) => toastUndo(texts.hasRolledOut(variant), undo)}
        />
      ) : null}
      {status === "concluded" ? <Button onClick={undo}>{texts.undoRollOut}</Button> : null}
      {status === "running" ? null : (
        <ConfirmDialog
          trigger={<Button>{texts.delete}</Button>}
          title={texts.deleteQuestion(title)}
          description={texts.deleteExplained}
          confirmLabel={texts.deleteExperiment}
          onConfirm={async () => {
            const done = await attempt(removeExperiment({ id }), texts.hasDeleted(title));
            if (done) router.push("/admin/experiments");
            return done;
          }}
        />
      )}
    </>
  );
}
