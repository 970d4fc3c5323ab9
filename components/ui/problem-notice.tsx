import type { Problem } from "@/lib/problem";
import { Notice } from "./notice";

/** Why a form was not accepted, read out when it appears; nothing without a problem. */
export function ProblemNotice({ problem }: { problem: Problem | null }) {
  if (problem === null) return null;
  return (
    <Notice tone="danger" live title={problem.detail}>
      {problem.hint}
    </Notice>
  );
}
