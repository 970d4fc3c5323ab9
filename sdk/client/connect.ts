import { addBaseStyles, applyTheme } from "./apply-theme.ts";
import { createPortFetch } from "./fetch-through-port.ts";
import type { FrameMessage, GraftContext, HostMessage } from "./messages.ts";
import { offerPalette } from "./offer-palette.ts";
import { reportHeight } from "./report-height.ts";
import type { Graft } from "./types.ts";

let connection: Promise<Graft> | undefined;

/**
 * Joins the page or widget to its host: theme, size, errors and liveness follow by themselves from here on.
 * Call it once at the start; later calls give the same connection.
 */
export function connect(): Promise<Graft> {
  connection ??= receiveInit().then(({ context, port }) => createGraft(context, port));
  return connection;
}

function receiveInit(): Promise<{ context: GraftContext; port: MessagePort }> {
  return new Promise((resolve) => {
    const onMessage = (event: MessageEvent) => {
      const port = event.ports[0];
      if (event.source !== window.parent || event.data?.graft !== "init" || !port) return;
      window.removeEventListener("message", onMessage);
      resolve({ context: event.data.context, port });
    };
    window.addEventListener("message", onMessage);
    // The frame's origin is opaque and the host's is unknown to it; the message holds nothing worth hiding.
    window.parent.postMessage({ graft: "hello", v: 1 }, "*");
  });
}

function createGraft(context: GraftContext, port: MessagePort): Graft {
  const send = (message: FrameMessage) => port.postMessage(message);
  const { fetch, json, receive } = createPortFetch(send);
  const path = createSignal(context.path);
  const config = createSignal(context.instance?.config ?? {});
  const theme = createSignal(context.theme);
  const flags = createSignal<Readonly<Record<string, unknown>>>(context.flags);
  const used = new Set<string>();

  port.onmessage = ({ data }: MessageEvent<HostMessage>) => {
    if (data.type === "response") receive(data);
    else if (data.type === "ping") send({ type: "pong", id: data.id });
    else if (data.type === "theme") theme.set(data.theme);
    else if (data.type === "path") path.set(data.path);
    else if (data.type === "config") config.set(data.config);
    else if (data.type === "flags") flags.set(data.flags);
  };
  // A widget lies on a card, a page on the page: each frame is opaque in the colour of what is under it.
  document.documentElement.dataset.graft = context.widget === undefined ? "page" : "widget";
  addBaseStyles();
  applyTheme(context.theme);
  theme.on(applyTheme);
  reportErrors((message) => send({ type: "error", message }));
  offerPalette(() => send({ type: "palette" }));
  reportHeight((height) => send({ type: "resize", height }));

  return {
    module: context.module,
    widget: context.widget ?? null,
    get instance() {
      return context.instance ? { id: context.instance.id, config: config.get() } : null;
    },
    get config() {
      return config.get();
    },
    user: context.user,
    get theme() {
      return theme.get();
    },
    get flags() {
      return flags.get();
    },
    get path() {
      return path.get();
    },
    flag<T>(name: string): T {
      const value = flags.get()[name];
      const use = JSON.stringify([name, value]);
      if (value !== undefined && !used.has(use)) send({ type: "used", flag: name, value });
      used.add(use);
      return value as T;
    },
    goal: (name, report = {}) => send({ ...report, type: "goal", goal: name }),
    fetch,
    json,
    onPath: path.on,
    onConfig: config.on,
    onTheme: theme.on,
    onFlags: flags.on,
    navigate(to, { replace = false } = {}) {
      path.set(to);
      send({ type: "navigate", path: to, replace });
    },
    title: (title) => send({ type: "title", title }),
    toast: (message, kind = "success") => send({ type: "toast", kind, message }),
    badge: (count) => send({ type: "badge", count }),
    open: (url) => send({ type: "open", url }),
    ready: () => send({ type: "ready" }),
  };
}

function createSignal<T>(first: T) {
  let value = first;
  const listeners = new Set<(value: T) => void>();
  return {
    get: () => value,
    set(next: T) {
      value = next;
      for (const listener of listeners) listener(next);
    },
    on(listener: (value: T) => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

function reportErrors(report: (message: string) => void): void {
  window.addEventListener("error", (event) => {
    // Chromium says this when a frame resizes while being measured; nothing is wrong.
    if (!event.message.startsWith("ResizeObserver loop")) report(event.message);
  });
  window.addEventListener("unhandledrejection", (event) => {
    report(event.reason instanceof Error ? event.reason.message : String(event.reason));
  });
}
