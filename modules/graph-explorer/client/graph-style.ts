import type { GraftTheme } from "@graft/sdk/client";
import type { StylesheetJson } from "cytoscape";
import { toRgb } from "./to-rgb.ts";

/** The picture in the host's colours. */
export function graphStyle({ tokens }: GraftTheme): StylesheetJson {
  const token = (name: string, fallback: string) => toRgb(tokens[name] ?? fallback);
  const foreground = token("--foreground", "#111");
  const background = token("--background", "#fff");
  const quiet = token("--muted-foreground", "#666");
  const line = token("--input", "#999");
  const primary = token("--primary", "#36c");
  const font = tokens["--font-sans"] ?? "Inter, system-ui, sans-serif";
  return [
    {
      selector: "node",
      style: {
        width: "data(size)",
        height: "data(size)",
        shape: "data(shape)" as "ellipse",
        "background-color": "data(colour)",
        "border-width": 2,
        "border-color": background,
        label: "data(label)",
        color: foreground,
        "font-family": font,
        "font-size": 12,
        "font-weight": 500,
        "text-valign": "bottom",
        "text-margin-y": 4,
        "text-max-width": "150px",
        "text-wrap": "ellipsis",
        "text-outline-color": background,
        "text-outline-width": 2,
        "min-zoomed-font-size": 6,
        "overlay-opacity": 0,
      },
    },
    {
      selector: "edge",
      style: {
        width: 1.25,
        "line-color": line,
        "line-opacity": 0.7,
        "curve-style": "bezier",
        "target-arrow-shape": "triangle",
        "target-arrow-color": line,
        "arrow-scale": 0.8,
        color: quiet,
        "font-family": font,
        "font-size": 10,
        "text-rotation": "autorotate",
        "text-background-color": background,
        "text-background-opacity": 1,
        "text-background-padding": "2px",
        "text-background-shape": "roundrectangle",
        "min-zoomed-font-size": 6,
        "overlay-opacity": 0,
      },
    },
    // Only where somebody looks: a word on every line hides the picture.
    { selector: "edge.near, edge.path, edge.selected, edge.hovered", style: { label: "data(label)" } },
    { selector: ".faded", style: { opacity: 0.22 } },
    {
      selector: "node.selected",
      style: { "border-color": primary, "border-width": 4, "z-index": 20, "font-weight": 700 },
    },
    {
      selector: "edge.near",
      style: { "line-color": primary, "target-arrow-color": primary, "line-opacity": 1 },
    },
    {
      selector: "edge.selected, edge.path",
      style: {
        "line-color": primary,
        "target-arrow-color": primary,
        "line-opacity": 1,
        width: 3,
        "z-index": 20,
      },
    },
    { selector: "node.path", style: { "border-color": primary, "border-width": 4, "z-index": 20 } },
  ];
}
