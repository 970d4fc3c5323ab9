/** @jsxImportSource preact */
import { mount, useLoad } from "@graft/sdk/preact";
import { useEffect, useState } from "preact/hooks";
import type { Poll } from "./api.ts";
import { NewPollForm } from "./new-poll-form.tsx";
import { PollCard } from "./poll-card.tsx";
import "./styles.css";
import { useApp } from "./use-app.ts";

/** Votes of others show within this time while somebody looks. */
const refreshMs = 3_000;

function Polls() {
  const { graft, api, formats } = useApp();
  const [config, setConfig] = useState(graft.config);
  const [asking, setAsking] = useState(false);
  const open = useLoad("open", () => api.list("open"));
  const showClosed = config.showClosed !== false;
  const closed = useLoad(`closed ${showClosed}`, async () =>
    showClosed ? await api.list("closed") : { items: [], mayAsk: false },
  );
  const { data, error } = open;

  useEffect(() => graft.onConfig(setConfig), [graft]);
  useEffect(() => {
    if (data || error) graft.ready();
    if (data) graft.badge(data.items.filter((poll) => poll.chosen.length === 0).length);
  }, [graft, data, error]);
  useRefresh(open.reload);

  if (!data) {
    if (!error) return <p class="quiet">Loading…</p>;
    return (
      <div class="empty" role="alert">
        <p>{error}</p>
        <button type="button" onClick={() => void open.reload()}>
          Retry
        </button>
      </div>
    );
  }
  const reloadBoth = async () => {
    await Promise.all([open.reload(), closed.reload()]);
  };
  const replace = (poll: Poll) =>
    open.set((list) => ({ ...list, items: list.items.map((p) => (p.id === poll.id ? poll : p)) }));
  if (asking) {
    return (
      <NewPollForm
        onCancel={() => setAsking(false)}
        onCreated={() => {
          setAsking(false);
          void open.reload();
        }}
      />
    );
  }
  const waiting = data.items.filter((poll) => poll.chosen.length === 0).length;
  return (
    <div class="polls">
      <header class="head">
        <p class="quiet" aria-live="polite">
          {waiting > 0 &&
            formats.count(waiting, { one: "# waits for your vote", other: "# wait for your vote" })}
        </p>
        {data.mayAsk && (
          <button type="button" data-variant="ghost" onClick={() => setAsking(true)}>
            New poll
          </button>
        )}
      </header>
      {data.items.length === 0 && (
        <div class="empty">
          <p>Nothing to vote on right now.</p>
          {data.mayAsk && (
            <button type="button" onClick={() => setAsking(true)}>
              Ask a question
            </button>
          )}
        </div>
      )}
      <ul class="list">
        {data.items.map((poll) => (
          <li key={poll.id}>
            <PollCard poll={poll} onChange={replace} onMoved={reloadBoth} />
          </li>
        ))}
      </ul>
      {closed.data !== null && closed.data.items.length > 0 && (
        <details>
          <summary>
            {formats.count(closed.data.items.length, { one: "# closed poll", other: "# closed polls" })}
          </summary>
          <ul class="list">
            {closed.data.items.map((poll) => (
              <li key={poll.id}>
                <PollCard poll={poll} onChange={() => void closed.reload()} onMoved={reloadBoth} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** Only while the page is looked at. */
function useRefresh(reload: () => Promise<void>): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void reload();
    }, refreshMs);
    return () => clearInterval(timer);
  }, [reload]);
}

void mount(<Polls />);
