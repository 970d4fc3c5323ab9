import type { FrameMessage, GraftContext, HostMessage } from "@/sdk/client/messages";
import { isHello, readFrameMessage } from "./read-frame-message.ts";

export type FrameFailure = "silent" | "hung" | "error";

export type FrameState =
  | { status: "loading" }
  /** `interrupted`: the frame works, but something in it failed after it was ready. */
  | { status: "ready"; interrupted: string | null }
  | { status: "failed"; failure: FrameFailure; message: string | null };

/** What the link needs of the browser; a test brings its own. */
export interface FrameLinkOptions {
  /** The host page's window, which receives the hello. */
  host: Pick<Window, "addEventListener" | "removeEventListener">;
  /** The iframe's window, asked for at each message: it changes when the iframe is mounted anew. */
  frame: () => Pick<Window, "postMessage"> | null;
  context: () => GraftContext;
  /** False while the tab is hidden: browsers slow such frames down, so silence proves nothing. */
  isWatched: () => boolean;
  onMessage(message: FrameMessage): void;
  onState(state: FrameState): void;
  /** Time to say hello, and from there to be ready. */
  startMsMax?: number;
  pingIntervalMs?: number;
  pongMsMax?: number;
}

export interface FrameLink {
  send(message: HostMessage, transfer?: Transferable[]): void;
  close(): void;
}

/**
 * One frame's life: waits for its hello, hands it a port and its context, watches that it becomes ready and stays
 * alive. Messages come only from the iframe's own window or its port.
 */
export function createFrameLink(options: FrameLinkOptions): FrameLink {
  const { startMsMax = 8000, pingIntervalMs = 5000, pongMsMax = 5000 } = options;
  let port: MessagePort | null = null;
  let state: FrameState = { status: "loading" };
  let pingId = 0;
  let startTimer = setTimeout(() => fail("silent", null), startMsMax);
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  let pingTimer: ReturnType<typeof setInterval> | undefined;

  function setState(next: FrameState) {
    state = next;
    options.onState(next);
  }

  function fail(failure: FrameFailure, message: string | null) {
    if (state.status === "failed") return;
    close();
    setState({ status: "failed", failure, message });
  }

  function ping() {
    if (!options.isWatched() || pongTimer !== undefined) return;
    pingId += 1;
    send({ type: "ping", id: pingId });
    pongTimer = setTimeout(() => {
      pongTimer = undefined;
      // Hidden in the meantime: no verdict.
      if (options.isWatched()) fail("hung", null);
    }, pongMsMax);
  }

  function onHello(event: MessageEvent) {
    const frame = options.frame();
    if (frame === null || event.source !== frame || !isHello(event.data)) return;
    port?.close();
    clearTimeout(startTimer);
    clearTimeout(pongTimer);
    clearInterval(pingTimer);
    pongTimer = undefined;
    // A second hello is the frame loading itself again; it starts over with a port of its own.
    if (state.status !== "loading") setState({ status: "loading" });
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = onPortMessage;
    // The origin of a sandboxed frame is opaque, so no target origin can name it.
    frame.postMessage({ graft: "init", v: 1, context: options.context() }, "*", [channel.port2]);
    startTimer = setTimeout(() => fail("silent", null), startMsMax);
    pingTimer = setInterval(ping, pingIntervalMs);
  }

  function onPortMessage(event: MessageEvent) {
    // Whatever it says, it lives.
    clearTimeout(pongTimer);
    pongTimer = undefined;
    const message = readFrameMessage(event.data);
    if (message === null || message.type === "pong") return;
    if (message.type === "ready") {
      clearTimeout(startTimer);
      if (state.status === "loading") setState({ status: "ready", interrupted: null });
    } else if (message.type === "error") {
      if (state.status === "ready") setState({ status: "ready", interrupted: message.message });
      else fail("error", message.message);
    } else {
      options.onMessage(message);
    }
  }

  function send(message: HostMessage, transfer: Transferable[] = []) {
    port?.postMessage(message, transfer);
  }

  function close() {
    options.host.removeEventListener("message", onHello);
    clearTimeout(startTimer);
    clearTimeout(pongTimer);
    clearInterval(pingTimer);
    port?.close();
    port = null;
  }

  options.host.addEventListener("message", onHello);
  return { send, close };
}
