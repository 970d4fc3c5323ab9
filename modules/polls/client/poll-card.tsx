/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import type { Poll } from "./api.ts";
import { PollOption } from "./poll-option.tsx";
import { useApp } from "./use-app.ts";
import { Voters } from "./voters.tsx";

interface Props {
  poll: Poll;
  onChange(poll: Poll): void;
  /** It is now in another list. */
  onMoved(): Promise<void>;
}

/** A question, its options with bars, and for who asked, what can be done with it. */
export function PollCard({ poll, onChange, onMoved }: Props) {
  const { api, graft } = useApp();
  const [deleted, setDeleted] = useState(false);
  const [busy, setBusy] = useState(false);

  const attempt = async (work: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      graft.toast(error instanceof Error ? error.message : String(error), "error");
    }
    setBusy(false);
  };
  const choose = (id: string, on: boolean) => {
    const others = poll.multiple ? poll.chosen.filter((chosen) => chosen !== id) : [];
    void attempt(async () => onChange(await api.vote(poll.id, on ? [...others, id] : others)));
  };

  if (deleted) {
    return (
      <div class="card notice" role="status">
        <p>“{poll.question}” is deleted.</p>
        <button
          type="button"
          onClick={() =>
            void attempt(async () => {
              await api.restore(poll.id);
              setDeleted(false);
            })
          }
        >
          Undo
        </button>
      </div>
    );
  }
  return (
    <article class="card">
      <fieldset disabled={!poll.open} aria-busy={busy}>
        <legend>{poll.question}</legend>
        <div class="options">
          {poll.options.map((option) => (
            <PollOption
              key={option.id}
              poll={poll}
              option={option}
              onChoose={(on) => choose(option.id, on)}
            />
          ))}
        </div>
      </fieldset>
      <Footer
        poll={poll}
        onWithdraw={() => void attempt(async () => onChange(await api.vote(poll.id, [])))}
      />
      {poll.mayManage && (
        <div class="manage">
          {!poll.anonymous && poll.voters > 0 && <Voters poll={poll} />}
          <button
            type="button"
            data-variant="ghost"
            onClick={() =>
              void attempt(async () => {
                await (poll.open ? api.close(poll.id) : api.reopen(poll.id));
                await onMoved();
              })
            }
          >
            {poll.open ? "Close poll" : "Open again"}
          </button>
          <button
            type="button"
            data-variant="ghost"
            onClick={() =>
              void attempt(async () => {
                await api.remove(poll.id);
                setDeleted(true);
              })
            }
          >
            Delete poll
          </button>
        </div>
      )}
    </article>
  );
}

function Footer({ poll, onWithdraw }: { poll: Poll; onWithdraw(): void }) {
  const { formats } = useApp();
  const end = poll.closedAt ?? poll.closesAt;
  return (
    <p class="quiet meta">
      <span>{formats.count(poll.voters, { one: "# vote", other: "# votes" })}</span>
      {end && (
        <time dateTime={end} title={formats.dateTime(end)}>
          {poll.open ? "closes" : "closed"} {formats.relative(end)}
        </time>
      )}
      <span>{poll.author.name}</span>
      {poll.anonymous && <span>anonymous</span>}
      {poll.multiple && poll.open && <span>choose any</span>}
      {poll.open && poll.chosen.length > 0 && (
        <button type="button" class="inline" onClick={onWithdraw}>
          Take my vote back
        </button>
      )}
    </p>
  );
}
