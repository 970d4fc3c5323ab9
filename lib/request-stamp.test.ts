import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { addressHeader, pathHeader, stampRequest } from "./request-stamp.ts";

function request(url: string, headers: Record<string, string>) {
  const req = new IncomingMessage(new Socket());
  Object.defineProperty(req.socket, "remoteAddress", { value: "127.0.0.1" });
  req.url = url;
  Object.assign(req.headers, headers);
  return req;
}

test("what a client claims about itself is replaced", () => {
  const req = request("/admin?tab=a&_rsc=xyz", {
    [pathHeader]: "/evil",
    [addressHeader]: "10.0.0.1",
    "x-forwarded-for": "10.0.0.1",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
  });
  stampRequest(req, { behindProxy: false });
  expect(req.headers).toEqual({ [pathHeader]: "/admin?tab=a", [addressHeader]: "127.0.0.1" });
});

test("behind a proxy the address is the one the nearest proxy wrote", () => {
  const req = request("/", { "x-forwarded-for": "6.6.6.6, 203.0.113.9", "x-forwarded-proto": "https" });
  stampRequest(req, { behindProxy: true });
  expect(req.headers[addressHeader]).toBe("203.0.113.9");
  expect(req.headers["x-forwarded-proto"]).toBe("https");
});
