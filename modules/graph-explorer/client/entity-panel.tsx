/** @jsxImportSource preact */
import type { Entity, Properties } from "./api.ts";
import { type Graph, linksOf } from "./graph.ts";
import { Icon } from "./icons.tsx";
import { showValue } from "./properties.ts";
import { TypeMark } from "./type-mark.tsx";
import type { Mode } from "./use-explorer.ts";

/** What is known of an entity, and what can be done with it. */
export function EntityPanel(props: {
  entity: Entity;
  graph: Graph;
  truncated: boolean;
  onMode(mode: Mode): void;
  onOpen(id: string): void;
  onOpenRelation(id: string): void;
  onExpand(): void;
  onHide(): void;
  onClose(): void;
}) {
  const { entity, graph, truncated, onMode } = props;
  const links = linksOf(graph, entity.id);
  return (
    <article aria-label={entity.name}>
      <header class="head">
        <div class="grow">
          <p class="quiet kind">
            <TypeMark type={entity.type} /> {entity.type}
          </p>
          <h2>{entity.name}</h2>
        </div>
        <button type="button" data-variant="ghost" class="icon" aria-label="Close" onClick={props.onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div class="buttons">
        <button type="button" onClick={() => onMode("relate")}>
          <Icon name="link" size={14} /> Relate
        </button>
        <button type="button" onClick={() => onMode("path")}>
          <Icon name="route" size={14} /> Path to…
        </button>
        <button type="button" onClick={() => onMode("edit")}>
          <Icon name="edit" size={14} /> Edit
        </button>
        <button type="button" onClick={props.onHide} title="Take it off the screen; nothing is deleted">
          <Icon name="hide" size={14} /> Hide
        </button>
        <button type="button" data-variant="destructive" onClick={() => onMode("delete")}>
          <Icon name="trash" size={14} /> Delete
        </button>
      </div>
      <PropertyList properties={entity.properties} />
      <section>
        <h3>
          Relations <span class="quiet">{links.length}</span>
          <span class="grow" />
          <button type="button" data-variant="ghost" onClick={props.onExpand}>
            <Icon name="expand" size={14} /> Show neighbours
          </button>
        </h3>
        {links.length === 0 && <p class="quiet">It is not related to anything yet.</p>}
        <ul class="links">
          {links.map(({ relation, other, outgoing }) => (
            <li key={relation.id}>
              <button
                type="button"
                data-variant="ghost"
                class="how"
                aria-label={`Relation “${relation.type}” ${outgoing ? "to" : "from"} ${other.name}`}
                onClick={() => props.onOpenRelation(relation.id)}
              >
                <Icon name={outgoing ? "out" : "in"} size={12} /> {relation.type}
              </button>
              <button type="button" data-variant="ghost" class="who" onClick={() => props.onOpen(other.id)}>
                <TypeMark type={other.type} /> <span class="clip">{other.name}</span>
              </button>
            </li>
          ))}
        </ul>
        {truncated && <p class="quiet">There are more than the picture shows. Search finds them all.</p>}
      </section>
    </article>
  );
}

export function PropertyList({ properties }: { properties: Properties }) {
  const entries = Object.entries(properties);
  if (entries.length === 0) return null;
  return (
    <dl class="facts">
      {entries.map(([key, value]) => (
        <div key={key}>
          <dt>{key}</dt>
          <dd>{showValue(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
