import { networkInterfaces } from "node:os";
import { expect, test } from "vitest";
import { isListed, isPublic } from "./egress-rules.ts";

test.each([
  ["api.example.org", "api.example.org", 443, true],
  ["api.example.org", "api.example.org", 8080, true],
  ["api.example.org:443", "api.example.org", 8080, false],
  ["API.Example.org", "api.example.org", 443, true],
  ["example.org", "api.example.org", 443, false],
  ["example.org", "notexample.org", 443, false],
  ["*.example.org", "api.example.org", 443, true],
  ["*.example.org", "example.org", 443, false],
  ["*.example.org", "api.example.org.evil.test", 443, false],
  ["*.example.org:443", "api.example.org", 80, false],
  ["*", "anything.test", 25, true],
  // A pattern is for names, which are looked up and judged by what they lead to.
  ["*", "10.0.0.5", 80, false],
  ["10.0.0.5", "10.0.0.5", 80, true],
])("%s lists %s:%i: %s", (entry, host, port, expected) => {
  expect(isListed([entry], host, port)).toBe(expected);
});

test.each([
  ["93.184.215.14", true],
  ["2606:2800:21f:cb07:6820:80da:af6b:8b2c", true],
  ["127.0.0.1", false],
  ["127.255.255.254", false],
  ["0.0.0.0", false],
  ["10.1.2.3", false],
  ["172.31.0.1", false],
  ["192.168.1.1", false],
  ["169.254.169.254", false],
  ["100.100.100.200", false],
  ["224.0.0.1", false],
  ["255.255.255.255", false],
  ["::1", false],
  ["::", false],
  ["fe80::1", false],
  ["fd00:ec2::254", false],
  ["::ffff:127.0.0.1", false],
  ["::ffff:93.184.215.14", false],
  ["64:ff9b::7f00:1", false],
  ["2002:7f00:1::", false],
  ["2001:db8::1", false],
  ["not an address", false],
])("%s is public: %s", (address, expected) => {
  expect(isPublic(address)).toBe(expected);
});

test("no address of this machine is public", () => {
  const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  expect(own.length).toBeGreaterThan(0);
  for (const { address } of own) expect(isPublic(address)).toBe(false);
});
