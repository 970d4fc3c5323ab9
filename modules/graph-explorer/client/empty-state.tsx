/** @jsxImportSource preact */
import { useState } from "preact/hooks";

/** An empty graph says what to do. */
export function EmptyState({ onSample, onCreate }: { onSample(): Promise<void>; onCreate(): void }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function load() {
    setBusy(true);
    setProblem(null);
    try {
      await onSample();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  }
  return (
    <div class="empty">
      <h2>The graph is empty</h2>
      <p class="quiet">
        Begin with an entity of your own, import a file through the API, or look around in a small sample: the
        people, machines and ideas of early computing.
      </p>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <div class="buttons">
        <button type="button" data-variant="primary" disabled={busy} onClick={() => void load()}>
          {busy ? "Loading…" : "Load sample graph"}
        </button>
        <button type="button" onClick={onCreate}>
          New entity
        </button>
      </div>
    </div>
  );
}
