"use client";

import { useRef, useState } from "react";
import { cn } from "@/components/ui/cn";
import type { FrameFailure, FrameState } from "./frame-link.ts";
import { FrameFailed, FrameInterrupted, FrameSkeleton } from "./frame-notice.tsx";
import { LiveFrame, type LiveFrameProps } from "./live-frame.tsx";
import { texts } from "./texts.ts";
import { useNearViewport } from "./use-near-viewport.ts";

export interface ModuleFrameProps extends Omit<LiveFrameProps, "onState" | "shown"> {
  className?: string;
}

/**
 * A module's page or widget: loads when it comes near the viewport, shows a skeleton until the frame has drawn, and a
 * quiet notice with *Retry* when it fails. A failed frame is unmounted, so that it costs nothing.
 */
export function ModuleFrame({ className, ...frame }: ModuleFrameProps) {
  const box = useRef<HTMLDivElement>(null);
  const near = useNearViewport(box);
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<FrameState>({ status: "loading" });
  const [dismissed, setDismissed] = useState<string | null>(null);

  function retry() {
    setState({ status: "loading" });
    setDismissed(null);
    setAttempt(attempt + 1);
  }

  const interrupted = state.status === "ready" && state.interrupted !== dismissed ? state.interrupted : null;
  return (
    <div
      ref={box}
      className={cn("relative min-h-24", className)}
      style={{ minHeight: frame.height?.min }}
      data-frame={state.status}
      aria-busy={state.status === "loading"}
    >
      {near && state.status !== "failed" ? (
        <LiveFrame key={attempt} {...frame} shown={state.status === "ready"} onState={setState} />
      ) : null}
      {state.status === "loading" ? <FrameSkeleton title={frame.title} /> : null}
      {state.status === "failed" ? (
        <FrameFailed text={failureText(state.failure)} detail={state.message} onRetry={retry} />
      ) : null}
      {interrupted !== null ? (
        <FrameInterrupted detail={interrupted} onRetry={retry} onDismiss={() => setDismissed(interrupted)} />
      ) : null}
    </div>
  );
}

function failureText(failure: FrameFailure): string {
  if (failure === "silent") return texts.didNotStart;
  if (failure === "hung") return texts.stoppedAnswering;
  return texts.ranIntoError;
}
