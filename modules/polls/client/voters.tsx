/** @jsxImportSource preact */
import { useLoad } from "@graft/sdk/preact";
import { useState } from "preact/hooks";
import type { Poll } from "./api.ts";
import { useApp } from "./use-app.ts";

/** For who asked: who chose what. */
export function Voters({ poll }: { poll: Poll }) {
  const { api } = useApp();
  const [open, setOpen] = useState(false);
  const votes = useLoad(`${poll.id} ${open} ${poll.voters}`, async () =>
    open ? (await api.votes(poll.id)).items : [],
  );
  const labels = new Map(poll.options.map((option) => [option.id, option.label]));
  return (
    <>
      <button type="button" data-variant="ghost" aria-expanded={open} onClick={() => setOpen(!open)}>
        Who voted
      </button>
      {open && (
        <ul class="voters">
          {votes.data?.map((vote) => (
            <li key={vote.userId}>
              <span>{vote.name}</span>
              <span class="quiet">{vote.options.map((id) => labels.get(id)).join(", ")}</span>
            </li>
          ))}
          {votes.error && <li role="alert">{votes.error}</li>}
        </ul>
      )}
    </>
  );
}
