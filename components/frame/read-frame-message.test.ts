import { describe, expect, it } from "vitest";
import { isHello, readFrameMessage } from "./read-frame-message.ts";

describe("readFrameMessage", () => {
  it.each([null, 1, "ready", [], {}, { type: "unknown" }, { type: "fetch", id: 1 }, { type: "pong" }])(
    "drops %j",
    (data) => {
      expect(readFrameMessage(data)).toBeNull();
    },
  );

  it("takes nothing else along with the wish for the palette", () => {
    expect(readFrameMessage({ type: "palette", text: "/admin" })).toEqual({ type: "palette" });
  });

  it("fills in what a request leaves out and drops header values that are not text", () => {
    expect(
      readFrameMessage({ type: "fetch", id: 1, path: "/v1/a", method: "post", headers: { A: "1", b: 2 } }),
    ).toEqual({
      type: "fetch",
      id: 1,
      path: "/v1/a",
      method: "POST",
      headers: { a: "1" },
      body: null,
    });
  });

  it("drops a request whose body is neither text nor bytes", () => {
    expect(readFrameMessage({ type: "fetch", id: 1, path: "/v1/a", body: { a: 1 } })).toBeNull();
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, "10"])("drops height %s", (height) => {
    expect(readFrameMessage({ type: "resize", height })).toBeNull();
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "/admin", "file:///etc/passwd", 7])(
    "opens no %s",
    (url) => {
      expect(readFrameMessage({ type: "open", url })).toBeNull();
    },
  );

  it("opens web addresses", () => {
    expect(readFrameMessage({ type: "open", url: "https://example.org/a" })).toEqual({
      type: "open",
      url: "https://example.org/a",
    });
  });

  it("cuts long texts to one bounded line", () => {
    const message = readFrameMessage({ type: "toast", kind: "loud", message: `a\n${"b".repeat(9000)}` });
    if (message?.type !== "toast") throw new Error("expected a toast");
    expect(message.kind).toBe("info");
    expect(message.message).toHaveLength(500);
    expect(message.message.startsWith("a b")).toBe(true);
  });

  it("keeps a badge between 0 and 9999", () => {
    expect(readFrameMessage({ type: "badge", count: -3 })).toEqual({ type: "badge", count: 0 });
    expect(readFrameMessage({ type: "badge", count: 1e9 })).toEqual({ type: "badge", count: 9999 });
  });
});

describe("isHello", () => {
  it("knows version 1 only", () => {
    expect(isHello({ graft: "hello", v: 1 })).toBe(true);
    expect(isHello({ graft: "hello", v: 2 })).toBe(false);
    expect(isHello("hello")).toBe(false);
  });
});
