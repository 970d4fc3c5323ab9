"use client";

import Link from "next/link";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { toastProblem, toastSuccess } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import type { AttentionView } from "@/contract/attention";
import { dismissAttention, retryAttention } from "./actions";
import { texts } from "./texts";

/** What needs attention, with its reason and the ways out of it. */
export function AttentionList(props: {
  entries: AttentionView[];
  /** Administrators alone may leave it as it is. */
  mayDismiss: boolean;
  /** On the page of the operation itself no link leads there. */
  linked?: boolean;
}) {
  return (
    <ul className="grid gap-3">
      {props.entries.map((entry) => (
        <li key={entry.id}>
          <Entry entry={entry} mayDismiss={props.mayDismiss} linked={props.linked ?? true} />
        </li>
      ))}
    </ul>
  );
}

function Entry({ entry, ...props }: { entry: AttentionView; mayDismiss: boolean; linked: boolean }) {
  const { kind, problem, operation } = entry;
  return (
    <Notice tone={kind === "stopped" ? "danger" : "warning"} title={entry.title}>
      <div className="grid gap-3">
        <div className="grid gap-1">
          <p className="break-words">{problem.detail}</p>
          {problem.hint && <p className="break-words">{problem.hint}</p>}
          <p className="text-xs">
            {kind === "stopped" ? texts.stopped : texts.cleanup}
            {" · "}
            {texts.tried(entry.attempts, <Time value={entry.triedAt} />)}
            {entry.nextAt !== null && (
              <>
                {" · "}
                {texts.triedAgain(<Time value={entry.nextAt} />)}
              </>
            )}
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <Retry entry={entry} />
          {props.mayDismiss && <Dismiss entry={entry} />}
          {props.linked && operation !== null && (
            <Button asChild size="sm" variant="ghost">
              <Link href={`/admin/operations/${operation}`}>{texts.viewOperation}</Link>
            </Button>
          )}
        </div>
      </div>
    </Notice>
  );
}

function Retry({ entry }: { entry: AttentionView }) {
  const retry = useChange(retryAttention, {
    onDone: (left) => (left === null ? toastSuccess(texts.settled) : toastProblem(left.problem)),
  });
  return (
    <Button size="sm" pending={retry.pending} onClick={() => void retry.run({ id: entry.id })}>
      {texts.tryAgain}
    </Button>
  );
}

function Dismiss({ entry: { id, kind, title } }: { entry: AttentionView }) {
  const dismiss = useChange(dismissAttention);
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" variant="ghost" pending={dismiss.pending}>
          {texts.leave}
        </Button>
      }
      title={texts.leaveQuestion(title)}
      description={kind === "stopped" ? texts.leaveStopped : texts.leaveCleanup}
      confirmLabel={texts.leaveNow}
      onConfirm={async () => (await dismiss.run({ id })) !== null}
    />
  );
}
