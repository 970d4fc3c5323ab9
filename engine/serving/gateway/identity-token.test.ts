import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { createIdentityVerifier } from "../../../sdk/server/verify-identity.ts";
import type { Identity } from "../../people/index.ts";
import type { InstalledModule } from "../../supply/installed/index.ts";
import { createIdentityTokens } from "./identity-token.ts";
import { identityKey } from "./module-keys.ts";

const hourMs = 3_600_000;
const route = { name: "notes", digest: `sha256:${"a".repeat(64)}` } as InstalledModule;
const ada = {
  userId: "u1",
  name: "Ada",
  email: "ada@example.org",
  role: "member",
  groups: [],
} as unknown as Identity;

function world() {
  const secret = randomBytes(32);
  let nowMs = Date.parse("2030-01-01T12:00:00Z");
  const now = () => nowMs;
  const key = identityKey(secret, route.name, route.digest);
  return {
    tokens: createIdentityTokens(secret, now),
    verifier: createIdentityVerifier({ module: route.name, key, now }),
    jump(ms: number) {
      nowMs += ms;
    },
  };
}

test.each([hourMs, -hourMs])(
  "after the clock jumped by %i ms requests go on with a token of the new time",
  (ms) => {
    const { tokens, verifier, jump } = world();
    const old = tokens.sign(ada, route);
    jump(ms);
    const fresh = tokens.sign(ada, route);
    expect(fresh).not.toBe(old);
    expect(verifier.verify(fresh)?.userId).toBe("u1");
    expect(tokens.readOwn(fresh, route)).toBe("u1");
  },
);

test("a token lives for a minute, whichever way the clock is set, also where it was verified before", () => {
  const { tokens, verifier, jump } = world();
  const old = tokens.sign(ada, route);
  expect(verifier.verify(old)?.userId).toBe("u1");
  jump(-hourMs);
  expect(verifier.verify(old)).toBeNull();
  expect(tokens.readOwn(old, route)).toBeNull();
  jump(2 * hourMs);
  expect(verifier.verify(old)).toBeNull();
});
