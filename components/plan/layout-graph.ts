export interface GraphNode {
  id: string;
  /** Ids of nodes it needs; unknown ones are ignored. */
  needs: string[];
}

export interface PlacedNode {
  id: string;
  x: number;
  y: number;
}

export interface Layout {
  nodes: PlacedNode[];
  edges: { from: string; to: string; path: string }[];
  width: number;
  height: number;
}

export const nodeSize = { width: 208, height: 56 };
const gap = { x: 72, y: 20 };

/**
 * Layers from left to right: what others rest on stands right of them, each as near as the longest chain allows.
 * Within a layer nodes follow the mean height of those that need them, which keeps lines from crossing.
 */
export function layoutGraph(nodes: GraphNode[]): Layout {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const layers = groupByLayer(nodes, byId);
  const placed = new Map<string, PlacedNode>();
  const tallest = Math.max(0, ...layers.map((layer) => layer.length));
  const height = tallest * (nodeSize.height + gap.y) - gap.y;
  layers.forEach((layer, column) => {
    const ordered =
      column === 0 ? layer : [...layer].sort((a, b) => meanY(a, nodes, placed) - meanY(b, nodes, placed));
    const top = (height - (layer.length * (nodeSize.height + gap.y) - gap.y)) / 2;
    ordered.forEach((node, row) => {
      placed.set(node.id, {
        id: node.id,
        x: column * (nodeSize.width + gap.x),
        y: top + row * (nodeSize.height + gap.y),
      });
    });
  });
  const edges = nodes.flatMap((node) =>
    node.needs.flatMap((need) => {
      const from = placed.get(node.id);
      const to = placed.get(need);
      return from && to ? [{ from: node.id, to: need, path: edgePath(from, to) }] : [];
    }),
  );
  const width = layers.length * (nodeSize.width + gap.x) - gap.x;
  return { nodes: [...placed.values()], edges, width: Math.max(0, width), height: Math.max(0, height) };
}

function groupByLayer(nodes: GraphNode[], byId: Map<string, GraphNode>): GraphNode[][] {
  const depth = new Map(nodes.map((node) => [node.id, 0]));
  // At most one pass per node; a circle, which the resolver refuses, would otherwise never settle.
  for (let pass = 0; pass < nodes.length; pass++) {
    let moved = false;
    for (const node of nodes) {
      for (const need of node.needs) {
        if (!byId.has(need) || need === node.id) continue;
        const below = (depth.get(node.id) ?? 0) + 1;
        if (below <= (depth.get(need) ?? 0) || below >= nodes.length) continue;
        depth.set(need, below);
        moved = true;
      }
    }
    if (!moved) break;
  }
  const layers: GraphNode[][] = [];
  for (const node of nodes) {
    const column = depth.get(node.id) ?? 0;
    layers[column] ??= [];
    layers[column].push(node);
  }
  return layers.filter((layer) => layer !== undefined);
}

function meanY(node: GraphNode, nodes: GraphNode[], placed: Map<string, PlacedNode>): number {
  const above = nodes
    .filter((other) => other.needs.includes(node.id))
    .flatMap((other) => placed.get(other.id) ?? []);
  return above.reduce((sum, p) => sum + p.y, 0) / Math.max(1, above.length);
}

function edgePath(from: PlacedNode, to: PlacedNode): string {
  const x1 = from.x + nodeSize.width;
  const y1 = from.y + nodeSize.height / 2;
  const x2 = to.x;
  const y2 = to.y + nodeSize.height / 2;
  const middle = (x1 + x2) / 2;
  return `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2 - 5} ${y2}`;
}
