"use client";

import { FastForward, Pause, Play } from "lucide-react";
import { Button } from "@/components/ui/button";
import { plural } from "@/components/ui/format";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { toastSuccess, toastUndo } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import type { ActionResult } from "@/lib/problem";
import { describeWeights } from "@/sdk/flags/describe";
import { type Rollout, type RolloutAction, readRollouts } from "@/sdk/flags/rollout";
import type { Weights } from "@/sdk/flags/rules";
import { undoFlagChange } from "./actions";
import { waitWords } from "./flag-words.ts";

/** Where the roll-outs in steps stand, and what holds them, lets them go on, or begins the next step. */
export function RolloutControl(props: {
  name: string;
  target: string;
  targeting: Parameters<typeof readRollouts>[0];
  /** Seconds since 1970, as of the server. */
  now: number;
  /** What stands in the editor would be lost, or would undo it. */
  disabled: boolean;
  words?: Record<string, string>;
  change: (input: {
    target: string;
    action: RolloutAction;
  }) => Promise<ActionResult<{ changeId: string | null }>>;
}) {
  const { name, target } = props;
  const undo = useChange(undoFlagChange, { onDone: () => toastSuccess("Taken back.") });
  const change = useChange(props.change, {
    onDone({ changeId }, { action }) {
      if (changeId !== null)
        toastUndo(done[action].replace("{name}", name), () => undo.run({ id: changeId }));
    },
  });
  const rollouts = readRollouts(props.targeting, props.now);
  if (rollouts.length === 0) return null;
  const disabled = props.disabled || change.pending || undo.pending;
  const run = (action: RolloutAction) => void change.run({ target, action });
  return (
    <Section
      title="Roll-out"
      description={
        props.disabled
          ? "Save or discard what is being edited first."
          : "Holding keeps the shares as they are now."
      }
      actions={
        <span className="flex flex-wrap gap-2">
          {rollouts.some(({ held }) => !held) ? (
            <Button size="sm" disabled={disabled} onClick={() => run("hold")}>
              <Pause aria-hidden />
              Hold
            </Button>
          ) : null}
          {rollouts.some(({ held }) => held) ? (
            <Button size="sm" variant="primary" disabled={disabled} onClick={() => run("continue")}>
              <Play aria-hidden />
              Continue
            </Button>
          ) : null}
          <Button size="sm" disabled={disabled} onClick={() => run("advance")}>
            <FastForward aria-hidden />
            Next step now
          </Button>
        </span>
      }
    >
      <ul className="grid gap-1">
        {rollouts.map((rollout, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: roll-outs have no other identity
          <li key={i}>
            <Standing rollout={rollout} words={props.words ?? {}} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Standing({ rollout, words }: { rollout: Rollout; words: Record<string, string> }) {
  const { held, now, coming } = rollout;
  const [next] = coming;
  const say = (weights: Weights) =>
    describeWeights(weights.map((one) => ({ ...one, variant: words[one.variant] ?? one.variant })));
  const at = now === null ? "before its first step" : say(now);
  if (next === undefined) return null;
  if (held)
    return (
      <span>
        <strong className="font-medium">On hold:</strong> {at}. {plural(coming.length, "step")} to come, the
        next {waitWords(next.in)} after it continues: {say(next.weights)}.
      </span>
    );
  return (
    <span>
      <strong className="font-medium">Running:</strong> {at}. Next: {say(next.weights)},{" "}
      <Time value={new Date(next.at * 1000).toISOString()} />.
    </span>
  );
}

const done: Record<RolloutAction, string> = {
  hold: "The roll-out of {name} is on hold.",
  continue: "The roll-out of {name} goes on.",
  advance: "{name} is at its next step.",
};
