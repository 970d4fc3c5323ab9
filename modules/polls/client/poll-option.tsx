/** @jsxImportSource preact */
import type { Poll } from "./api.ts";
import { useApp } from "./use-app.ts";

interface Props {
  poll: Poll;
  option: Poll["options"][number];
  onChoose(on: boolean): void;
}

/** One choice; its bar appears with the results. Choosing votes at once. */
export function PollOption({ poll, option, onChoose }: Props) {
  const { formats } = useApp();
  const chosen = poll.chosen.includes(option.id);
  const share = option.votes === null || poll.voters === 0 ? 0 : option.votes / poll.voters;
  return (
    <label class="option" data-chosen={chosen}>
      <span class="bar" style={{ transform: `scaleX(${share})` }} />
      <input
        type={poll.multiple ? "checkbox" : "radio"}
        name={poll.id}
        checked={chosen}
        onChange={(event) => onChoose(event.currentTarget.checked)}
      />
      <span class="label">{option.label}</span>
      {option.votes !== null && (
        <span class="figure">
          <span class="percent">{formats.percent(share)}</span>
          <span class="quiet">
            {formats.number(option.votes)}
            <span class="visually-hidden">{option.votes === 1 ? " vote" : " votes"}</span>
          </span>
        </span>
      )}
    </label>
  );
}
