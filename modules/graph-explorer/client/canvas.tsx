/** @jsxImportSource preact */
import type { Graft } from "@graft/sdk/client";
import { useEffect, useRef } from "preact/hooks";
import { createPicture, type Picture } from "./create-picture.ts";
import type { Explorer } from "./use-explorer.ts";

const directions = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" } as const;

/** The picture. What it shows is also in the panel as lists, for those who cannot see or point at it. */
export function Canvas(props: {
  graft: Graft;
  explorer: Explorer;
  picture: { current: Picture | null };
  onExtend(id: string): void;
}) {
  const { graft, explorer, picture } = props;
  const container = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    if (!container.current) return;
    const made = createPicture(container.current, graft.theme, {
      onEntity: (id, extend) => (extend ? latest.current.onExtend(id) : latest.current.explorer.open(id)),
      onRelation: (id) => latest.current.explorer.openRelation(id),
      onNothing: () => latest.current.explorer.open(null),
    });
    picture.current = made;
    const endTheme = graft.onTheme((theme) => made.setTheme(theme));
    return () => {
      endTheme();
      made.close();
      picture.current = null;
    };
  }, [graft, picture]);

  const { graph, selection, path } = explorer;
  useEffect(() => {
    const onPath = path?.found ? new Set([...path.entities, ...path.relations].map(({ id }) => id)) : null;
    picture.current?.show(graph, { selection, path: onPath });
  }, [picture, graph, selection, path]);

  function onKeyDown(event: KeyboardEvent) {
    const direction = directions[event.key as keyof typeof directions];
    const current = explorer.selection?.kind === "entity" ? explorer.selection.id : null;
    if (direction) {
      event.preventDefault();
      const next = picture.current?.nearest(current, direction);
      if (!next) return;
      explorer.open(next);
      picture.current?.centre(next);
    } else if (event.key === "Enter" && current) {
      event.preventDefault();
      void explorer.expand(current);
    }
  }

  return (
    <div
      ref={container}
      class="canvas"
      role="application"
      aria-label={`Picture of ${graph.entities.size} entities and ${graph.relations.size} relations. Arrow keys go from entity to entity.`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it answers to the arrow keys
      tabIndex={0}
      onKeyDown={onKeyDown}
    />
  );
}
