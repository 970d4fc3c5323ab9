/** @jsxImportSource preact */
import { mount, useGraft } from "@graft/sdk/preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { createApi } from "./api.ts";
import { Canvas } from "./canvas.tsx";
import type { Picture } from "./create-picture.ts";
import { EmptyState } from "./empty-state.tsx";
import { EntityPicker } from "./entity-picker.tsx";
import { countTypes } from "./graph.ts";
import { Icon } from "./icons.tsx";
import { Panel } from "./panel.tsx";
import { PathNote } from "./path-note.tsx";
import { TypeMark } from "./type-mark.tsx";
import { type Explorer, useExplorer } from "./use-explorer.ts";
import "./styles.css";

function Page() {
  const { graft } = useGraft();
  const api = useMemo(() => createApi(graft), [graft]);
  const explorer = useExplorer(graft, api);
  const picture = useRef<Picture | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const { stats, error, entity, mode, path } = explorer;
  useEffect(() => graft.title(entity?.name ?? "Graph explorer"), [graft, entity?.name]);
  useKeys(explorer, picture, search);

  if (error !== null)
    return (
      <div class="empty" role="alert">
        <h2>The knowledge graph does not answer</h2>
        <p class="quiet">{error}</p>
        <button type="button" onClick={() => void explorer.start()}>
          Retry
        </button>
      </div>
    );
  if (stats === null) return <p class="empty quiet">Loading…</p>;
  const panel = mode === "create" || explorer.selection !== null;
  const empty = stats.entities === 0 && !panel;
  return (
    <div class="explorer" data-panel={panel}>
      <header class="bar">
        <h1 class="visually-hidden">Graph explorer</h1>
        <EntityPicker
          api={api}
          label="Search the graph"
          placeholder="Search the graph"
          input={search}
          onPick={({ id }) => {
            explorer.open(id);
            picture.current?.centre(id);
          }}
        />
        <button type="button" onClick={() => explorer.setMode("create")}>
          <Icon name="plus" size={14} /> New entity
        </button>
      </header>
      <div class="stage">
        <Canvas
          graft={graft}
          explorer={explorer}
          picture={picture}
          onExtend={(id) => (entity && entity.id !== id ? void explorer.connect(id) : explorer.open(id))}
        />
        {empty && <EmptyState onSample={explorer.loadSample} onCreate={() => explorer.setMode("create")} />}
        {path && <PathNote path={path} onOpen={explorer.open} onClose={explorer.clearPath} />}
        {!empty && <Legend explorer={explorer} />}
        {!empty && <Tools picture={picture} />}
      </div>
      {panel && (
        <aside class="panel" aria-label="Details">
          <Panel api={api} explorer={explorer} />
        </aside>
      )}
    </div>
  );
}

function Legend({ explorer: { graph, stats } }: { explorer: Explorer }) {
  const types = countTypes(graph);
  return (
    <div class="legend">
      <ul aria-label="Types in the picture">
        {types.slice(0, 8).map(({ type, count }) => (
          <li key={type}>
            <TypeMark type={type} /> {type} <span class="quiet">{count}</span>
          </li>
        ))}
      </ul>
      <p class="quiet">
        {graph.entities.size} of {stats?.entities ?? 0} entities
      </p>
    </div>
  );
}

function Tools({ picture }: { picture: { current: Picture | null } }) {
  const tools = [
    ["Zoom in", "plus", () => picture.current?.zoom(1.3)],
    ["Zoom out", "minus", () => picture.current?.zoom(1 / 1.3)],
    ["Show everything", "fit", () => picture.current?.fit()],
    ["Arrange anew", "arrange", () => picture.current?.arrange()],
  ] as const;
  return (
    <div class="tools" role="toolbar" aria-label="Picture">
      {tools.map(([label, icon, act]) => (
        <button key={label} type="button" class="icon" aria-label={label} title={label} onClick={act}>
          <Icon name={icon} />
        </button>
      ))}
    </div>
  );
}

/** Keys of the whole page, while nobody types into a field. */
function useKeys(
  explorer: Explorer,
  picture: { current: Picture | null },
  search: { current: HTMLInputElement | null },
): void {
  const latest = useRef(explorer);
  latest.current = explorer;
  useEffect(() => {
    const press = (key: string, now: Explorer): boolean => {
      if (key === "/") search.current?.focus();
      else if (key === "n") now.setMode("create");
      else if (key === "+") picture.current?.zoom(1.3);
      else if (key === "-") picture.current?.zoom(1 / 1.3);
      else if (key === "f") picture.current?.fit();
      else if (key === "Delete" && now.selection) now.setMode("delete");
      else if (key === "Escape" && now.mode !== "look") now.setMode("look");
      else if (key === "Escape" && now.path) now.clearPath();
      else if (key === "Escape") now.open(null);
      else return false;
      return true;
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const { target } = event;
      if (target instanceof HTMLElement && target.closest("input, textarea, select")) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (press(event.key, latest.current)) event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [picture, search]);
}

void mount(<Page />);
