import { describe, expect, it } from "vitest";
import { createPortFetch } from "./fetch-through-port.ts";
import type { FrameMessage } from "./messages.ts";

function connect() {
  const sent: FrameMessage[] = [];
  const port = createPortFetch((message) => sent.push(message));
  const bytes = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer;
  const answer = (id: number, status: number, text: string) =>
    port.receive({
      type: "response",
      id,
      status,
      headers: { "content-type": "application/json" },
      body: bytes(text),
    });
  return { ...port, sent, answer };
}

describe("createPortFetch", () => {
  it("gives each request its own answer, whatever order they come in", async () => {
    const { fetch, answer } = connect();
    const [first, second] = [fetch("/v1/a"), fetch("/v1/b")];
    answer(2, 200, '"b"');
    answer(1, 200, '"a"');
    expect([await (await first).json(), await (await second).json()]).toEqual(["a", "b"]);
  });

  it("sends objects as JSON and takes POST for granted when there is a body", () => {
    const { fetch, sent } = connect();
    void fetch("/v1/a", { body: { x: 1 } });
    expect(sent).toEqual([
      {
        type: "fetch",
        id: 1,
        path: "/v1/a",
        method: "POST",
        headers: { "content-type": "application/json" },
        body: '{"x":1}',
      },
    ]);
  });

  it("tells the host when the caller gives up, and drops the late answer", async () => {
    const { fetch, sent, answer } = connect();
    const controller = new AbortController();
    const pending = fetch("/v1/a", { signal: controller.signal });
    controller.abort();
    await expect(pending).rejects.toThrow(/abort/i);
    expect(sent.at(-1)).toEqual({ type: "abort", id: 1 });
    answer(1, 200, "{}");
  });

  it("rejects when the host refuses, and throws a problem's own words from json", async () => {
    const { fetch, json, receive, answer } = connect();
    const refused = fetch("/v1/a");
    receive({ type: "response", id: 1, error: "Too many requests are waiting." });
    await expect(refused).rejects.toThrow("Too many requests are waiting.");
    const failed = json("/v1/b");
    answer(2, 409, '{"detail":"The poll is closed."}');
    await expect(failed).rejects.toThrow("The poll is closed.");
    const empty = json("/v1/c");
    answer(3, 204, "");
    expect(await empty).toBeUndefined();
  });
});
