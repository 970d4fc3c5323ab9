import type { GraftTheme } from "@graft/sdk/client";
import cytoscape, { type Core, type ElementDefinition } from "cytoscape";
import type { Graph } from "./graph.ts";
import { graphStyle } from "./graph-style.ts";
import { toRgb } from "./to-rgb.ts";
import { lookOf } from "./type-look.ts";

export interface Selection {
  kind: "entity" | "relation";
  id: string;
}

/** What is drawn differently from the rest. */
export interface Emphasis {
  selection: Selection | null;
  /** Ids of entities and relations of a path; the rest fades. */
  path: ReadonlySet<string> | null;
}

export interface PictureEvents {
  onEntity(id: string, extend: boolean): void;
  onRelation(id: string): void;
  onNothing(): void;
}

export interface Picture {
  show(graph: Graph, emphasis: Emphasis): void;
  setTheme(theme: GraftTheme): void;
  /** Brings an entity into view. */
  centre(id: string): void;
  zoom(factor: number): void;
  fit(): void;
  arrange(): void;
  /** The entity nearest in that direction, as seen on the screen. */
  nearest(id: string | null, direction: Direction): string | null;
  close(): void;
}
export type Direction = "up" | "down" | "left" | "right";

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const duration = () => (calm.matches ? 0 : 140);

/** An interactive picture of a graph in `container`; entities are nodes, relations edges. */
export function createPicture(container: HTMLElement, theme: GraftTheme, events: PictureEvents): Picture {
  const cy = cytoscape({
    container,
    style: graphStyle(theme),
    minZoom: 0.1,
    maxZoom: 3,
    boxSelectionEnabled: false,
  });
  cy.on("tap", "node", ({ target, originalEvent }) =>
    events.onEntity(target.id(), isExtended(originalEvent)),
  );
  cy.on("tap", "edge", ({ target }) => events.onRelation(target.id()));
  cy.on("tap", ({ target }) => {
    if (target === cy) events.onNothing();
  });
  cy.on("mouseover", "node, edge", ({ target }) => {
    container.style.cursor = "pointer";
    target.addClass("hovered");
  });
  cy.on("mouseout", "node, edge", ({ target }) => {
    container.style.cursor = "";
    target.removeClass("hovered");
  });
  const endResize = keepCentre(cy, container);
  // Cytoscape keeps the browser from doing so, and without focus no key would reach the page.
  container.addEventListener("pointerdown", () => container.focus({ preventScroll: true }));

  return {
    show(graph, emphasis) {
      const fresh = update(cy, graph);
      emphasise(cy, emphasis);
      if (fresh > 0) layOut(cy, fresh < cy.nodes().length);
    },
    setTheme: (next) => void cy.style(graphStyle(next)),
    centre(id) {
      const node = cy.getElementById(id);
      if (node.nonempty()) cy.animate({ center: { eles: node }, duration: duration() });
    },
    zoom: (factor) =>
      void cy.zoom({
        level: cy.zoom() * factor,
        renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 },
      }),
    fit: () => fitView(cy),
    arrange: () => layOut(cy, false),
    nearest: (id, direction) => nearest(cy, id, direction),
    close() {
      endResize();
      cy.destroy();
    },
  };
}

function isExtended(event: unknown): boolean {
  const { shiftKey, ctrlKey, metaKey } = (event ?? {}) as Partial<MouseEvent>;
  return Boolean(shiftKey || ctrlKey || metaKey);
}

/** Makes the drawing hold exactly the graph. @returns how many entities are new */
function update(cy: Core, graph: Graph): number {
  let fresh = 0;
  cy.batch(() => {
    cy.elements()
      .filter((element) => !(element.isNode() ? graph.entities : graph.relations).has(element.id()))
      .remove();
    const degrees = new Map<string, number>();
    for (const { from, to } of graph.relations.values())
      for (const id of [from, to]) degrees.set(id, (degrees.get(id) ?? 0) + 1);
    const added: ElementDefinition[] = [];
    for (const { id, name, type } of graph.entities.values()) {
      const { shape, colour } = lookOf(type);
      const size = 20 + Math.min(20, 4 * Math.sqrt(degrees.get(id) ?? 0));
      const data = { id, label: name, shape, colour: toRgb(colour), size };
      const node = cy.getElementById(id);
      if (node.nonempty()) node.data(data);
      else {
        fresh++;
        added.push({ group: "nodes", data, position: placeBeside(cy, graph, id) });
      }
    }
    for (const { id, from, to, type } of graph.relations.values()) {
      const edge = cy.getElementById(id);
      if (edge.nonempty()) edge.data({ label: type });
      else added.push({ group: "edges", data: { id, source: from, target: to, label: type } });
    }
    cy.add(added);
  });
  return fresh;
}

/** A new entity appears beside one it is related to, so that a walk's picture grows instead of jumping. */
function placeBeside(cy: Core, graph: Graph, id: string): { x: number; y: number } {
  const angle = Math.random() * 2 * Math.PI;
  const away = (x: number, y: number) => ({ x: x + 90 * Math.cos(angle), y: y + 90 * Math.sin(angle) });
  for (const { from, to } of graph.relations.values()) {
    if (from !== id && to !== id) continue;
    const other = cy.getElementById(from === id ? to : from);
    if (other.nonempty()) return away(other.position("x"), other.position("y"));
  }
  const { x1, x2, y1, y2 } = cy.extent();
  return away((x1 + x2) / 2, (y1 + y2) / 2);
}

function layOut(cy: Core, keepPositions: boolean): void {
  cy.one("layoutstop", () => fitView(cy));
  cy.layout({
    name: "cose",
    randomize: !keepPositions,
    // "end" moves once, when the layout is found; the typings know only the boolean.
    animate: (duration() > 0 ? "end" : false) as unknown as boolean,
    animationDuration: duration(),
    fit: false,
    nodeRepulsion: () => 40_000,
    idealEdgeLength: () => 75,
    nodeOverlap: 24,
    gravity: 1.2,
    numIter: keepPositions ? 300 : 800,
    initialTemp: keepPositions ? 60 : 200,
  }).run();
}

/** Everything in view, clear of the legend and the path's note, but never so near that a handful looks like posters. */
function fitView(cy: Core): void {
  if (cy.elements().empty()) return;
  const { x1, y1, w, h } = cy.elements().boundingBox({});
  const [width, height] = [cy.width(), cy.height()];
  const margin = { side: 28, top: height > 480 ? 56 : 16, bottom: height > 480 ? 72 : 16 };
  const room = { width: width - 2 * margin.side, height: height - margin.top - margin.bottom };
  const zoom = Math.max(0.1, Math.min(room.width / w, room.height / h, 1.15));
  const pan = {
    x: width / 2 - (x1 + w / 2) * zoom,
    y: margin.top + room.height / 2 - (y1 + h / 2) * zoom,
  };
  cy.animate({ zoom, pan, duration: duration() });
}

/** When the panel opens or closes, what was in the middle stays there. */
function keepCentre(cy: Core, container: HTMLElement): () => void {
  const observer = new ResizeObserver(() => {
    const before = { width: cy.width(), height: cy.height() };
    cy.resize();
    cy.panBy({ x: (cy.width() - before.width) / 2, y: (cy.height() - before.height) / 2 });
  });
  observer.observe(container);
  return () => observer.disconnect();
}

function emphasise(cy: Core, { selection, path }: Emphasis): void {
  cy.batch(() => {
    cy.elements().removeClass("selected near path faded");
    if (path) {
      cy.elements().addClass("faded");
      cy.elements()
        .filter((element) => path.has(element.id()))
        .removeClass("faded")
        .addClass("path");
    }
    if (!selection) return;
    const selected = cy.getElementById(selection.id);
    selected.removeClass("faded").addClass("selected");
    if (selection.kind === "entity") selected.connectedEdges().not(".faded").addClass("near");
  });
}

function nearest(cy: Core, id: string | null, direction: Direction): string | null {
  const origin = id === null ? cy.collection() : cy.getElementById(id);
  const from = origin.nonempty() ? origin.renderedPosition() : { x: cy.width() / 2, y: cy.height() / 2 };
  let best: { id: string; cost: number } | null = null;
  for (const node of cy.nodes().toArray()) {
    if (node.id() === id) continue;
    const position = node.renderedPosition();
    const x = position.x - from.x;
    const y = position.y - from.y;
    const along = { right: x, left: -x, down: y, up: -y }[direction];
    const across = Math.abs(direction === "left" || direction === "right" ? y : x);
    if (origin.nonempty() && along <= 0) continue;
    // Straight ahead counts more than near.
    const cost = Math.abs(along) + 2 * across;
    if (!best || cost < best.cost) best = { id: node.id(), cost };
  }
  return best?.id ?? null;
}
