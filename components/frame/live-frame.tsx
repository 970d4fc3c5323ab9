"use client";

import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from "react";
import { openPalette } from "@/components/shell/open-palette.ts";
import { showToast } from "@/components/ui/toast";
import { tellWritten } from "@/components/ui/watch-endpoint";
import type { FrameMessage, GraftUser } from "@/sdk/client/messages";
import { createFetchProxy } from "./fetch-proxy.ts";
import { createFrameLink, type FrameLink, type FrameState } from "./frame-link.ts";
import { createRateLimit } from "./rate-limit.ts";
import { reportToExperiments } from "./report-to-experiments.ts";
import { framePath, hostAddress } from "./routes.ts";
import { texts } from "./texts.ts";
import { readTheme, watchTheme } from "./watch-theme.ts";

export interface LiveFrameProps {
  module: string;
  moduleTitle: string;
  /** Names the frame for assistive technology. */
  title: string;
  /** Address of the frame's HTML: `/frames/{digest}/{entry}`. */
  src: string;
  /** Set for a widget; a page has none. */
  widget?: { id: string; instance: { id: string; config: Record<string, unknown> } };
  /** Route inside the module; a change is told to the frame. */
  path: string;
  user: GraftUser;
  flags: Record<string, unknown>;
  /** Pixels. With it the frame's height follows its content between the two; without it the frame fills its box. */
  height?: { min: number; max: number };
  shown: boolean;
  onState(state: FrameState): void;
  /** The frame asks for a route of its own; `address` is that route in the host, below `/m/{module}`. */
  onNavigate(address: string, replace: boolean): void;
  onTitle?(title: string): void;
  onBadge?(count: number): void;
}

/** One mounted iframe with its link to the host; mounted anew for each attempt. */
export function LiveFrame(props: LiveFrameProps) {
  const iframe = useRef<HTMLIFrameElement>(null);
  const link = useRef<FrameLink | null>(null);
  const knownPath = useRef(props.path);
  // As the frame last reported it, before it is bounded.
  const [content, setContent] = useState(0);
  const [mayToast] = useState(() => createRateLimit(3, 10_000));
  const [mayReport] = useState(() => createRateLimit(60, 60_000));
  // Enough for any person; a loop would fill the browser's history and take its back button.
  const [mayNavigate] = useState(() => createRateLimit(30, 10_000));

  const context = useEffectEvent(() => ({
    module: props.module,
    ...(props.widget === undefined ? {} : { widget: props.widget.id, instance: props.widget.instance }),
    path: props.path,
    user: props.user,
    theme: readTheme(),
    flags: props.flags,
  }));
  const onState = useEffectEvent((state: FrameState) => props.onState(state));
  const onMessage = useEffectEvent((message: FrameMessage) => {
    if (message.type === "resize") {
      setContent(message.height);
    } else if (message.type === "navigate" && mayNavigate()) {
      const address = hostAddress(props.module, message.path, window.location.origin);
      if (address === null) return;
      const { pathname, search } = new URL(address, window.location.origin);
      knownPath.current = framePath(props.module, pathname, search);
      props.onNavigate(address, message.replace);
    } else if ((message.type === "used" || message.type === "goal") && mayReport()) {
      reportToExperiments(props.module, message);
    } else if (message.type === "palette" && document.activeElement === iframe.current && mayNavigate()) {
      // Somebody is in it: a frame that nobody uses opens nothing.
      openPalette();
    } else if (message.type === "title") {
      props.onTitle?.(message.title);
    } else if (message.type === "badge") {
      props.onBadge?.(message.count);
    } else if (message.type === "open" && mayToast()) {
      // Asked first: an address can carry data out, which the frame itself has no way to do.
      showToast((toast) =>
        toast(texts.wantsToOpen(props.moduleTitle, new URL(message.url).host), {
          description: message.url,
          action: {
            label: texts.open,
            onClick: () => window.open(message.url, "_blank", "noopener,noreferrer"),
          },
        }),
      );
    } else if (message.type === "toast" && mayToast()) {
      // The module's name beside the text: a frame cannot pass its words off as the host's.
      showToast((toast) => toast[message.kind](message.message, { description: props.moduleTitle }));
    }
  });

  // A layout effect: the link must listen before the frame's first script can run.
  useLayoutEffect(() => {
    const proxy = createFetchProxy({
      module: props.module,
      origin: window.location.origin,
      fetch: window.fetch.bind(window),
      send: (message, transfer) => opened.send(message, transfer),
      onWritten: () => tellWritten(props.module),
    });
    const opened = createFrameLink({
      host: window,
      frame: () => iframe.current?.contentWindow ?? null,
      context,
      isWatched: () => document.visibilityState === "visible",
      onState,
      onMessage: (message) => {
        if (message.type === "fetch") proxy.request(message);
        else if (message.type === "abort") proxy.abort(message.id);
        else onMessage(message);
      },
    });
    link.current = opened;
    const stopTheme = watchTheme((theme) => opened.send({ type: "theme", theme }));
    return () => {
      link.current = null;
      stopTheme();
      proxy.close();
      opened.close();
    };
  }, [props.module]);

  useEffect(() => {
    if (knownPath.current === props.path) return;
    // A refresh that began before the frame moved still speaks of the old address; the address bar knows better.
    const { pathname, search } = window.location;
    if (framePath(props.module, pathname, search) === knownPath.current) return;
    knownPath.current = props.path;
    link.current?.send({ type: "path", path: props.path });
  }, [props.module, props.path]);

  // Who goes back before the page has taken the frame's own step in sees no change of the path; the frame does.
  const { module, path } = props;
  useEffect(() => {
    const follow = () => {
      const { pathname, search } = window.location;
      if (framePath(module, pathname, search) !== path || knownPath.current === path) return;
      knownPath.current = path;
      link.current?.send({ type: "path", path });
    };
    window.addEventListener("popstate", follow);
    return () => window.removeEventListener("popstate", follow);
  }, [module, path]);

  const flags = JSON.stringify(props.flags);
  const knownFlags = useRef(flags);
  useEffect(() => {
    if (knownFlags.current === flags) return;
    knownFlags.current = flags;
    link.current?.send({ type: "flags", flags: JSON.parse(flags) as Record<string, unknown> });
  }, [flags]);

  return (
    <iframe
      ref={iframe}
      src={props.src}
      title={props.title}
      sandbox="allow-scripts allow-forms"
      referrerPolicy="no-referrer"
      className={`block w-full border-0 bg-transparent transition-opacity duration-100 ${props.shown ? "opacity-100" : "opacity-0"}`}
      style={{ height: props.height === undefined ? "100%" : `${bounded(content, props.height)}px` }}
    />
  );
}

function bounded(px: number, { min, max }: { min: number; max: number }): number {
  return Math.min(max, Math.max(min, px));
}
