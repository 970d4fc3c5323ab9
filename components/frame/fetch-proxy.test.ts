import { describe, expect, it, vi } from "vitest";
import type { FetchRequest, HostMessage } from "@/sdk/client/messages";
import { createFetchProxy, type FetchProxyOptions } from "./fetch-proxy.ts";
import { createRequestSlots } from "./request-slots.ts";

const ask = (id: number, over: Partial<FetchRequest> = {}): FetchRequest => ({
  type: "fetch",
  id,
  path: "/v1/posts",
  method: "GET",
  headers: {},
  body: null,
  ...over,
});

function setup(
  fetchLike: (url: string, init: RequestInit) => Promise<Response>,
  over: Partial<FetchProxyOptions> = {},
) {
  const sent: HostMessage[] = [];
  const calls: { url: string; init: RequestInit }[] = [];
  const proxy = createFetchProxy({
    module: "polls",
    origin: "https://graft.example",
    fetch: ((url: string, init: RequestInit) => {
      calls.push({ url, init });
      return fetchLike(url, init);
    }) as typeof fetch,
    send: (message) => sent.push(message),
    slots: createRequestSlots(3),
    ...over,
  });
  return { proxy, sent, calls };
}

const never = (_url: string, init: RequestInit) =>
  new Promise<Response>((_, reject) => {
    init.signal?.addEventListener("abort", () => reject(new Error("aborted")));
  });

describe("createFetchProxy", () => {
  it("answers with status, headers and bytes of the module's API", async () => {
    const { proxy, sent, calls } = setup(
      async () => new Response("hello", { status: 201, headers: { "x-a": "1" } }),
    );
    proxy.request(
      ask(1, { method: "POST", body: "{}", headers: { authorization: "Bearer x", accept: "*/*" } }),
    );
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    const answer = sent[0];
    if (answer?.type !== "response" || "error" in answer) throw new Error("expected an answer");
    expect(answer.status).toBe(201);
    expect(answer.headers["x-a"]).toBe("1");
    expect(new TextDecoder().decode(answer.body)).toBe("hello");
    expect(calls[0]?.url).toBe("/api/v1/polls/posts");
    expect(calls[0]?.init.headers).toEqual({ accept: "*/*" });
    expect(calls[0]?.init.credentials).toBe("same-origin");
  });

  it("leaves the page's own requests room, however many frames wait for what never comes", async () => {
    const slots = createRequestSlots(3);
    const frames = [1, 2, 3].map(() => setup(never, { slots }));
    for (const { proxy } of frames) for (let id = 0; id < 6; id++) proxy.request(ask(id));
    const asked = () => frames.map(({ calls }) => calls.length);
    expect(asked()).toEqual([2, 1, 0]);
    // One that waits is given up without having been asked, and takes nobody's place.
    frames[1]?.proxy.abort(1);
    await vi.waitFor(() => expect(frames[1]?.sent).toMatchObject([{ id: 1, error: "Aborted." }]));
    frames[0]?.proxy.close();
    await vi.waitFor(() => expect(asked()).toEqual([2, 1, 2]));
  });

  it("never calls fetch for a path outside the module's API", async () => {
    const { proxy, sent, calls } = setup(async () => new Response("secret"));
    proxy.request(ask(1, { path: "/v1/../graft/users" }));
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(calls).toHaveLength(0);
    expect(sent[0]).toMatchObject({ id: 1, error: expect.stringContaining("segments") });
  });

  it("does not follow a redirect", async () => {
    const { proxy, sent, calls } = setup(
      async () => new Response(null, { status: 302, headers: { location: "/api/v1/graft/users" } }),
    );
    proxy.request(ask(1));
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(calls[0]?.init.redirect).toBe("manual");
    expect(sent[0]).toMatchObject({ error: expect.stringContaining("redirect") });
  });

  it("runs no more than the cap at once and the rest in order", async () => {
    const open: ((response: Response) => void)[] = [];
    const { proxy, sent, calls } = setup(() => new Promise((resolve) => open.push(resolve)), {
      concurrencyMax: 2,
    });
    for (const id of [1, 2, 3]) proxy.request(ask(id, { path: `/v1/${id}` }));
    expect(calls.map((call) => call.url)).toEqual(["/api/v1/polls/1", "/api/v1/polls/2"]);
    open[0]?.(new Response(""));
    await vi.waitFor(() => expect(calls).toHaveLength(3));
    expect(sent).toHaveLength(1);
  });

  it("refuses what does not fit in line", () => {
    const { proxy, sent } = setup(never, { concurrencyMax: 1, queueMax: 1 });
    for (const id of [1, 2, 3]) proxy.request(ask(id));
    expect(sent).toEqual([{ type: "response", id: 3, error: "Too many requests are waiting." }]);
  });

  it("stops reading an answer at the size cap", async () => {
    const { proxy, sent } = setup(async () => new Response(new Uint8Array(11)), { bodyBytesMax: 10 });
    proxy.request(ask(1));
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toMatchObject({ error: expect.stringContaining("larger") });
  });

  it("refuses a request body by its bytes, not by its characters", () => {
    const { proxy, sent, calls } = setup(never, { bodyBytesMax: 6 });
    proxy.request(ask(1, { method: "POST", body: "€€" }));
    expect(calls).toHaveLength(1);
    proxy.request(ask(2, { method: "POST", body: "€€€" }));
    proxy.request(ask(3, { method: "POST", body: new ArrayBuffer(7) }));
    const refused = "The request body is larger than 6 bytes.";
    expect(sent).toEqual([2, 3].map((id) => ({ type: "response", id, error: refused })));
  });

  it("aborts a running request and forgets a waiting one", async () => {
    const { proxy, sent, calls } = setup(never, { concurrencyMax: 1 });
    proxy.request(ask(1));
    proxy.request(ask(2));
    proxy.abort(2);
    proxy.abort(1);
    await vi.waitFor(() => expect(sent).toEqual([{ type: "response", id: 1, error: "Aborted." }]));
    expect(calls).toHaveLength(1);
  });

  it("says nothing after close", async () => {
    const { proxy, sent, calls } = setup(never);
    proxy.request(ask(1));
    proxy.close();
    proxy.request(ask(2));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(sent).toEqual([]);
    expect(calls[0]?.init.signal?.aborted).toBe(true);
  });
});
