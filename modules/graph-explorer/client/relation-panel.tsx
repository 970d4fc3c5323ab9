/** @jsxImportSource preact */
import type { Relation } from "./api.ts";
import { PropertyList } from "./entity-panel.tsx";
import type { Graph } from "./graph.ts";
import { Icon } from "./icons.tsx";
import { TypeMark } from "./type-mark.tsx";
import type { Mode } from "./use-explorer.ts";

/** What is known of a relation, and what can be done with it. */
export function RelationPanel(props: {
  relation: Relation;
  graph: Graph;
  onMode(mode: Mode): void;
  onOpen(id: string): void;
  onClose(): void;
}) {
  const { relation, graph, onMode } = props;
  const end = (id: string) => {
    const entity = graph.entities.get(id);
    return (
      <button type="button" data-variant="ghost" class="who" onClick={() => props.onOpen(id)}>
        <TypeMark type={entity?.type ?? ""} /> <span class="clip">{entity?.name ?? id}</span>
      </button>
    );
  };
  return (
    <article aria-label={`Relation ${relation.type}`}>
      <header class="head">
        <div class="grow">
          <p class="quiet kind">Relation</p>
          <h2>{relation.type}</h2>
        </div>
        <button type="button" data-variant="ghost" class="icon" aria-label="Close" onClick={props.onClose}>
          <Icon name="close" />
        </button>
      </header>
      <p class="ends">
        {end(relation.from)} <Icon name="out" size={14} /> {end(relation.to)}
      </p>
      <div class="buttons">
        <button type="button" onClick={() => onMode("edit")}>
          <Icon name="edit" size={14} /> Edit
        </button>
        <button type="button" data-variant="destructive" onClick={() => onMode("delete")}>
          <Icon name="trash" size={14} /> Delete
        </button>
      </div>
      <PropertyList properties={relation.properties} />
    </article>
  );
}
