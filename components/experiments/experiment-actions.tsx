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
  const undo = () => attempt(undoRollOut({ id }), `${flagKey} is as it was before the experiment.`);

  return (
    <>
      {status === "draft" ? (
        <Button asChild>
          <Link href={`/admin/experiments/${id}/edit`}>Edit</Link>
        </Button>
      ) : null}
      <Button asChild>
        <Link href={`/admin/experiments/new?copy=${id}`}>Duplicate</Link>
      </Button>
      {status === "draft" ? (
        <ReviewChange
          label="Start"
          title={`Start ${title}`}
          description={`It counts at once, on every host. Until it ends, the rules of ${flagKey} cannot be edited.`}
          preview={() => unwrap(previewStart({ id }))}
          run={() => unwrap(startExperiment({ id }))}
          onDone={() => toastSuccess(`${title} runs.`)}
        />
      ) : null}
      {status === "running" ? (
        <ConfirmDialog
          trigger={<Button>Stop</Button>}
          title={`Stop ${title}?`}
          description={`${flagKey} goes back to what it was before, for everyone. The figures stay, and a variant can still be rolled out.`}
          confirmLabel="Stop the experiment"
          onConfirm={() => attempt(stopExperiment({ id }), `${title} is stopped.`)}
        />
      ) : null}
      {status === "running" || status === "stopped" ? (
        <ReviewChange
          label={best === null ? "Roll out" : "Roll out the winner"}
          primary={best !== null}
          title={best === null ? "Roll out a variant" : `Roll out ${best}`}
          description="Everyone in the audience gets it at once, and the experiment ends."
          warning={
            alarm
              ? "The shares are wrong: this would be your choice, not the figures’."
              : best === null
                ? "Nothing is decided yet: this would be your choice, not the figures’."
                : undefined
          }
          variants={best === null ? variants : [best, ...variants.filter((variant) => variant !== best)]}
          preview={(variant) => unwrap(previewRollOut({ id, variant }))}
          run={(variant) => unwrap(rollOut({ id, variant }))}
          onDone={(variant) => toastUndo(`${variant} is rolled out.`, undo)}
        />
      ) : null}
      {status === "concluded" ? <Button onClick={undo}>Undo roll-out</Button> : null}
      {status === "running" ? null : (
        <ConfirmDialog
          trigger={<Button>Delete</Button>}
          title={`Delete ${title}?`}
          description="Its figures are deleted with it. The flag stays as it is."
          confirmLabel="Delete the experiment"
          onConfirm={async () => {
            const done = await attempt(removeExperiment({ id }), `${title} is deleted.`);
            if (done) router.push("/admin/experiments");
            return done;
          }}
        />
      )}
    </>
  );
}
