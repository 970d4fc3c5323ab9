"use client";

import { Button } from "@/components/ui/button";
import { FastForward, Pause, Play } from "@/components/ui/icons";
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
import { texts } from "./texts.ts";

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
  const undo = useChange(undoFlagChange, { onDone: () => toastSuccess(texts.undone) });
  const change = useChange(props.change, {
    onDone({ changeId }, { action }) {
      if (changeId !== null) toastUndo(done[action](name), () => undo.run({ id: changeId }));
    },
  });
  const rollouts = readRollouts(props.targeting, props.now);
  if (rollouts.length === 0) return null;
  const disabled = props.disabled || change.pending || undo.pending;
  const run = (action: RolloutAction) => void change.run({ target, action });
  return (
    <Section
      title={texts.rollOut}
      description={props.disabled ? texts.rollOutBlocked : texts.rollOutExplained}
      actions={
        <span className="flex flex-wrap gap-2">
          {rollouts.some(({ held }) => !held) ? (
            <Button size="sm" disabled={disabled} onClick={() => run("hold")}>
              <Pause aria-hidden />
              {texts.hold}
            </Button>
          ) : null}
          {rollouts.some(({ held }) => held) ? (
            <Button size="sm" variant="primary" disabled={disabled} onClick={() => run("continue")}>
              <Play aria-hidden />
              {texts.continue}
            </Button>
          ) : null}
          <Button size="sm" disabled={disabled} onClick={() => run("advance")}>
            <FastForward aria-hidden />
            {texts.nextStepNow}
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
  const shares = (weights: Weights) =>
    describeWeights(weights.map((one) => ({ ...one, variant: words[one.variant] ?? one.variant })));
  const at = now === null ? texts.beforeFirstStep : shares(now);
  if (next === undefined) return null;
  if (held)
    return (
      <span>
        {texts.rollOutOnHold(strong, {
          now: at,
          steps: coming.length,
          wait: waitWords(next.in),
          next: shares(next.weights),
        })}
      </span>
    );
  return (
    <span>
      {texts.rollOutRunning(strong, {
        now: at,
        next: shares(next.weights),
        time: <Time value={new Date(next.at * 1000).toISOString()} />,
      })}
    </span>
  );
}

const strong = (text: string) => <strong className="font-medium">{text}</strong>;

const done: Record<RolloutAction, (name: string) => string> = {
  hold: texts.held,
  continue: texts.continued,
  advance: texts.advanced,
};
