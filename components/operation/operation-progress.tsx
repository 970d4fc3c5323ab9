"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { Notice } from "@/components/ui/notice";
import { Progress } from "@/components/ui/progress";
import type { OperationView } from "@/contract/operation";
import { CancelOperation } from "./cancel-operation";
import { isFinal } from "./is-final";
import { OperationStatusLabel } from "./operation-status";
import { StepList } from "./step-list";
import { texts } from "./texts";
import { useOperation } from "./use-operation";

/** The live part of an operation's page; when it ends, the server draws what can be done next. */
export function OperationProgress({ initial }: { initial: OperationView }) {
  const operation = useOperation(initial);
  const router = useRouter();
  const final = isFinal(operation.status);
  const wasFinal = useRef(final);
  useEffect(() => {
    if (final && !wasFinal.current) router.refresh();
    wasFinal.current = final;
  }, [final, router]);
  const ended = operation.steps.filter(
    (step) => step.status !== "pending" && step.status !== "running",
  ).length;
  const took =
    operation.finishedAt === null ? null : Date.parse(operation.finishedAt) - Date.parse(operation.startedAt);
  return (
    <div className="grid gap-4">
      <div className="flex items-center justify-between gap-4" role="status">
        <OperationStatusLabel status={operation.status} />
        {operation.status === "preparing" && <CancelOperation id={operation.id} title={operation.title} />}
        {took !== null && <span className="tabular text-muted-foreground">{texts.totalTime(took)}</span>}
      </div>
      {!final && <Progress value={ended / Math.max(1, operation.steps.length)} label={texts.stepsDone} />}
      {operation.error && <Failure operation={operation} error={operation.error} />}
      <StepList steps={operation.steps} />
    </div>
  );
}

function Failure(props: { operation: OperationView; error: NonNullable<OperationView["error"]> }) {
  const { error, operation } = props;
  const log = logLines(error.details?.log);
  return (
    <Notice tone={operation.status === "reverted" ? "warning" : "danger"} live title={error.detail}>
      <div className="grid gap-2">
        {error.hint && <p>{error.hint}</p>}
        <p>
          {operation.status === "reverted" && texts.revertedExplanation}
          {operation.status === "attention" && texts.attentionExplanation}
          {operation.status === "failed" &&
            !error.hint?.includes("Nothing was changed") &&
            texts.nothingChanged}{" "}
          <code className="font-mono text-xs">{error.code}</code>
        </p>
        {log.length > 0 && (
          <pre className="max-h-56 overflow-auto rounded-md bg-background/70 p-2 font-mono text-xs leading-5 text-foreground">
            {log.join("\n")}
          </pre>
        )}
      </div>
    </Notice>
  );
}

/** Log lines come as texts or as `{ text }`. */
function logLines(value: unknown): string[] {
  if (typeof value === "string") return value.split("\n");
  if (!Array.isArray(value)) return [];
  return value.map((line) =>
    typeof line === "string" ? line : String((line as { text?: unknown }).text ?? ""),
  );
}
