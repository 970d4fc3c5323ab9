"use client";

import { useEffect, useRef, useState } from "react";
import type { LogLine } from "@/contract/logs";

/** Numbered, so that a list can tell them apart. */
export type LogLineView = LogLine & { id: number };

// More than anyone reads back in a browser; older lines stay on the host.
const linesMax = 1000;

/** Lines as they come by server-sent events; while paused they gather unseen and are counted. */
export function useLog(module: string, initial: LogLineView[], paused: boolean) {
  const [lines, setLines] = useState(initial);
  const [waiting, setWaiting] = useState(0);
  const [connected, setConnected] = useState(false);
  const held = useRef(paused);

  useEffect(() => {
    let nextId = linesMax;
    let buffer: LogLineView[] = [];
    // Each connection begins with the newest lines once more: they take the place of what is there.
    let replace = false;
    const source = new EventSource(`/api/v1/graft/modules/${module}/logs?limit=300`);
    source.onopen = () => {
      buffer = [];
      replace = true;
      setConnected(true);
    };
    source.onerror = () => setConnected(false);
    source.onmessage = (event) => {
      buffer.push({ ...(JSON.parse(event.data) as LogLine), id: nextId++ });
      if (buffer.length > linesMax) buffer.shift();
    };
    // Gathered, so that a module that prints without end does not draw without end.
    const timer = setInterval(() => {
      setWaiting(held.current ? buffer.length : 0);
      if (held.current || buffer.length === 0) return;
      const fresh = buffer;
      const base = replace;
      buffer = [];
      replace = false;
      setLines((before) => (base ? fresh : [...before, ...fresh]).slice(-linesMax));
    }, 150);
    return () => {
      source.close();
      clearInterval(timer);
    };
  }, [module]);
  useEffect(() => {
    held.current = paused;
  }, [paused]);
  return { lines, waiting, connected };
}
