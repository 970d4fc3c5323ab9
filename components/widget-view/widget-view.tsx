"use client";

import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { FrameSkeleton } from "@/components/frame/frame-notice";
import { useNearViewport } from "@/components/frame/use-near-viewport";
import { cn } from "@/components/ui/cn";
import { texts } from "./texts.ts";
import type { ViewSource } from "./view-source.ts";

// What draws is loaded by homes that have such a widget.
const ViewBody = lazy(() => import("./view-body.tsx"));

/** A widget without client code: asked and drawn by the host once it comes near the viewport. */
export function WidgetViewBox(props: {
  source: ViewSource;
  className?: string;
  minPx: number;
  /** Where it is not as tall as its cell. */
  maxPx: number;
  onUnread?: (count: number) => void;
}) {
  const { source } = props;
  const box = useRef<HTMLDivElement>(null);
  const near = useNearViewport(box);
  const scrolls = useScrolls(box);
  const skeleton = <FrameSkeleton title={source.title} />;
  return (
    // What scrolls must be reachable by keyboard.
    <div
      ref={box}
      data-view={source.content.kind}
      {...(scrolls ? { tabIndex: 0, role: "group", "aria-label": texts.content(source.title) } : {})}
      className={cn("relative overflow-auto", props.className)}
      style={{ minHeight: props.minPx, "--max": `${props.maxPx}px` } as React.CSSProperties}
    >
      {near ? (
        <Suspense fallback={skeleton}>
          <ViewBody source={source} onUnread={props.onUnread} />
        </Suspense>
      ) : (
        skeleton
      )}
    </div>
  );
}

function useScrolls(ref: React.RefObject<HTMLElement | null>): boolean {
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = () =>
      setScrolls(
        element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1,
      );
    const resized = new ResizeObserver(measure);
    resized.observe(element);
    const filled = new MutationObserver(measure);
    filled.observe(element, { childList: true, subtree: true });
    return () => {
      resized.disconnect();
      filled.disconnect();
    };
  }, [ref]);
  return scrolls;
}
