// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type EndpointState, tellWritten, watchEndpoint } from "./watch-endpoint.ts";

class Page extends EventTarget {
  visibilityState = "visible";
}
let page: Page;
let states: EndpointState[];
let asked: (string | undefined)[];
let answers: (() => Response | Promise<Response>)[];
let watch: ReturnType<typeof watchEndpoint>;
let tests = 0;

const json =
  (body: unknown, etag = "") =>
  () =>
    Response.json(body, etag === "" ? {} : { headers: { etag } });
const settle = () => vi.advanceTimersByTimeAsync(0);
async function begin(...queue: (() => Response)[]): Promise<void> {
  answers = queue;
  watch = watchEndpoint({
    // Its own in each test: answers are remembered by it.
    url: `/api/v1/news/latest?test=${tests}`,
    module: "news",
    everyMs: 60_000,
    onState: (state) => states.push(state),
    fetch: (async (_url, init) => {
      asked.push(new Headers(init?.headers).get("if-none-match") ?? undefined);
      const answer = answers.shift();
      if (answer === undefined) throw new Error("The network is down.");
      return answer();
    }) as typeof fetch,
  });
  await settle();
}

beforeEach(() => {
  vi.useFakeTimers();
  page = new Page();
  states = [];
  tests += 1;
  asked = [];
  vi.stubGlobal("document", page);
  vi.stubGlobal("window", new EventTarget());
});
afterEach(() => {
  watch.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("watchEndpoint", () => {
  it("asks at once and again after the interval, saying what it knows", async () => {
    await begin(json(1, '"a"'), () => new Response(null, { status: 304 }), json(2, '"b"'));
    await vi.advanceTimersByTimeAsync(60_000);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toEqual([undefined, '"a"', '"a"']);
    expect(states).toEqual([
      { status: "answered", body: 1, overdue: false },
      { status: "answered", body: 2, overdue: false },
    ]);
  });

  it("rests while nobody looks and asks when they come back", async () => {
    await begin(json(1), json(2));
    page.visibilityState = "hidden";
    await vi.advanceTimersByTimeAsync(600_000);
    expect(asked).toHaveLength(1);
    page.visibilityState = "visible";
    page.dispatchEvent(new Event("visibilitychange"));
    await settle();
    expect(asked).toHaveLength(2);
  });

  it("asks at once after something was written to its module, not to another", async () => {
    await begin(json(1), json(2));
    tellWritten("polls");
    await settle();
    expect(asked).toHaveLength(1);
    tellWritten("news");
    await settle();
    expect(states.at(-1)).toEqual({ status: "answered", body: 2, overdue: false });
  });

  it("keeps the last answer when asking again fails, and says that it is old", async () => {
    await begin(json(1), () => Response.json({ detail: "It starts." }, { status: 503 }), json(2));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(states.at(-1)).toEqual({ status: "answered", body: 1, overdue: true });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(states.at(-1)).toEqual({ status: "answered", body: 2, overdue: false });
  });

  it("says what a module answered when there is nothing to keep, and begins anew when asked to", async () => {
    await begin(() => Response.json({ detail: "It starts." }, { status: 503 }), json(1));
    expect(states.at(-1)).toEqual({ status: "failed", detail: "It answered 503: It starts." });
    watch.refresh();
    await settle();
    expect(states.at(-1)).toEqual({ status: "answered", body: 1, overdue: false });
  });

  it("begins with what was known a moment ago, asks whether it still holds, and forgets it in time", async () => {
    await begin(json(1, '"a"'));
    watch.stop();
    states = [];
    await begin(() => new Response(null, { status: 304 }));
    expect(states).toEqual([{ status: "answered", body: 1, overdue: false }]);
    expect(asked).toEqual([undefined, '"a"']);
    watch.stop();
    await vi.advanceTimersByTimeAsync(11_000);
    states = [];
    await begin(json(2));
    expect(asked.at(-1)).toBeUndefined();
    expect(states).toEqual([{ status: "answered", body: 2, overdue: false }]);
  });

  it("does not begin with an answer that was overdue", async () => {
    await begin(json(1), () => new Response(null, { status: 503 }));
    await vi.advanceTimersByTimeAsync(60_000);
    watch.stop();
    states = [];
    await begin(json(2));
    expect(states).toEqual([{ status: "answered", body: 2, overdue: false }]);
  });

  it("asks a failing module less and less often", async () => {
    await begin();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(asked.length).toBeGreaterThan(8);
    expect(asked.length).toBeLessThan(20);
  });
});
