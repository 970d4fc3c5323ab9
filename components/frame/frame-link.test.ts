import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FrameMessage, GraftContext } from "@/sdk/client/messages";
import { createFrameLink, type FrameState } from "./frame-link.ts";

const context: GraftContext = {
  module: "polls",
  path: "/",
  user: { id: "u", name: "Ada", locale: null, timeZone: null, groups: [] },
  theme: { scheme: "light", tokens: {} },
  flags: {},
};

function setup() {
  const listeners = new Set<(event: MessageEvent) => void>();
  const inits: { data: unknown; port: MessagePort }[] = [];
  const frame = {
    postMessage: ((data: unknown, _origin: string, ports: MessagePort[]) => {
      const port = ports[0];
      if (port) inits.push({ data, port });
    }) as Window["postMessage"],
  };
  const states: FrameState[] = [];
  const messages: FrameMessage[] = [];
  let watched = true;
  const link = createFrameLink({
    host: {
      addEventListener: (_: string, listener: unknown) =>
        listeners.add(listener as (e: MessageEvent) => void),
      removeEventListener: (_: string, listener: unknown) =>
        listeners.delete(listener as (e: MessageEvent) => void),
    } as Pick<Window, "addEventListener" | "removeEventListener">,
    frame: () => frame,
    context: () => context,
    isWatched: () => watched,
    onMessage: (message) => messages.push(message),
    onState: (state) => states.push(state),
  });
  return {
    link,
    states,
    messages,
    inits,
    listeners,
    setWatched: (value: boolean) => {
      watched = value;
    },
    post: (data: unknown, source: unknown = frame) => {
      for (const listener of [...listeners]) listener({ data, source } as MessageEvent);
    },
    hello: () => {
      for (const listener of [...listeners]) {
        listener({ data: { graft: "hello", v: 1 }, source: frame } as unknown as MessageEvent);
      }
      const port = inits.at(-1)?.port;
      if (!port) throw new Error("no port was handed over");
      return port;
    },
  };
}

// Ports deliver on real turns of the event loop, which the fake clock leaves alone.
const delivered = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("createFrameLink", () => {
  it("hands port and context to its own frame only", () => {
    const { post, inits, hello, link } = setup();
    post({ graft: "hello", v: 1 }, { stranger: true });
    post({ graft: "hello", v: 9 });
    post("hello");
    expect(inits).toHaveLength(0);
    hello();
    expect(inits[0]?.data).toEqual({ graft: "init", v: 1, context });
    link.close();
  });

  it("becomes ready and passes well-formed messages on", async () => {
    const { hello, states, messages, link } = setup();
    const port = hello();
    port.postMessage({ type: "ready" });
    port.postMessage({ type: "resize", height: "tall" });
    port.postMessage({ type: "resize", height: 99.5 });
    await vi.waitFor(() => expect(messages).toEqual([{ type: "resize", height: 100 }]));
    expect(states).toEqual([{ status: "ready", interrupted: null }]);
    link.close();
    port.close();
  });

  it("fails a frame that never says hello", () => {
    const { states, listeners } = setup();
    vi.advanceTimersByTime(7999);
    expect(states).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(states).toEqual([{ status: "failed", failure: "silent", message: null }]);
    expect(listeners.size).toBe(0);
  });

  it("fails a frame that says hello but is never ready", () => {
    const { hello, states } = setup();
    vi.advanceTimersByTime(7000);
    hello().close();
    vi.advanceTimersByTime(7999);
    expect(states.at(-1)?.status).not.toBe("failed");
    vi.advanceTimersByTime(1);
    expect(states.at(-1)).toMatchObject({ status: "failed" });
  });

  it("fails a frame that throws before it is ready", async () => {
    const { hello, states } = setup();
    hello().postMessage({ type: "error", message: "boom" });
    await vi.waitFor(() => expect(states).toEqual([{ status: "failed", failure: "error", message: "boom" }]));
  });

  it("keeps a ready frame that throws, and tells", async () => {
    const { hello, states, link } = setup();
    const port = hello();
    port.postMessage({ type: "ready" });
    port.postMessage({ type: "error", message: "boom" });
    await vi.waitFor(() => expect(states.at(-1)).toEqual({ status: "ready", interrupted: "boom" }));
    link.close();
    port.close();
  });

  it("fails a frame that leaves a ping unanswered for 5 seconds", async () => {
    const { hello, states } = setup();
    const port = hello();
    port.postMessage({ type: "ready" });
    await vi.waitFor(() => expect(states).toHaveLength(1));
    // Short of 10 seconds by more than vi.waitFor may have moved the clock.
    vi.advanceTimersByTime(9000);
    expect(states).toHaveLength(1);
    vi.advanceTimersByTime(1000);
    expect(states.at(-1)).toEqual({ status: "failed", failure: "hung", message: null });
    port.close();
  });

  it("keeps a frame that answers", async () => {
    const { hello, states, link } = setup();
    const port = hello();
    port.onmessage = ({ data }: MessageEvent) => {
      if (data.type === "ping") port.postMessage({ type: "pong", id: data.id });
    };
    port.postMessage({ type: "ready" });
    await vi.waitFor(() => expect(states).toHaveLength(1));
    for (let i = 0; i < 6; i += 1) {
      vi.advanceTimersByTime(4900);
      await delivered();
    }
    expect(states).toEqual([{ status: "ready", interrupted: null }]);
    link.close();
    port.close();
  });

  it("gives no verdict on a frame nobody sees", async () => {
    const { hello, states, setWatched, link } = setup();
    const port = hello();
    port.postMessage({ type: "ready" });
    await vi.waitFor(() => expect(states).toHaveLength(1));
    vi.advanceTimersByTime(5000);
    setWatched(false);
    vi.advanceTimersByTime(60_000);
    expect(states).toHaveLength(1);
    link.close();
    port.close();
  });

  it("starts over when the frame loads itself again", async () => {
    const { hello, states, inits, link } = setup();
    const first = hello();
    first.postMessage({ type: "ready" });
    await vi.waitFor(() => expect(states).toHaveLength(1));
    const second = hello();
    expect(inits).toHaveLength(2);
    expect(states.at(-1)).toEqual({ status: "loading" });
    second.postMessage({ type: "ready" });
    await vi.waitFor(() => expect(states.at(-1)).toEqual({ status: "ready", interrupted: null }));
    link.close();
    second.close();
  });
});
