import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { signIdentity } from "../testing/sign-identity.ts";
import { createIdentityVerifier, identityToken } from "./verify-identity.ts";

const key = randomBytes(32);
const ada = {
  userId: "u1",
  name: "Ada",
  role: "operator" as const,
  groups: ["staff"],
  locale: "de",
  timeZone: "UTC",
};
const token = signIdentity(ada, { module: "notes", key });
const verifier = () => createIdentityVerifier({ module: "notes", key });

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("createIdentityVerifier", () => {
  it("reads every claim and remembers the token apart from the identity", () => {
    const identity = verifier().verify(token);
    expect(identity).toEqual({ ...ada, email: "u1@example.org", via: null });
    expect(identity && identityToken(identity)).toBe(token);
    expect(JSON.stringify(identity)).not.toContain(token);
  });

  it("refuses a token whose claims, header or signature were changed", () => {
    const [head, body, signature] = token.split(".");
    const claims = JSON.parse(Buffer.from(body ?? "", "base64url").toString());
    const forged = [
      `${head}.${encode({ ...claims, role: "administrator" })}.${signature}`,
      `${encode({ alg: "none" })}.${body}.${signature}`,
      `${encode({ alg: "none" })}.${body}.`,
      `${head}.${body}.${signature?.slice(0, -2)}`,
      `${head}.${body}`,
      `${token}.x`,
      "",
    ];
    for (const text of forged) expect(verifier().verify(text)).toBeNull();
    expect(verifier().verify(undefined)).toBeNull();
    expect(verifier().verify([token, token])).toBeNull();
  });

  it("refuses another module's token, and one from another key", () => {
    expect(verifier().verify(signIdentity(ada, { module: "polls", key }))).toBeNull();
    expect(verifier().verify(signIdentity(ada, { module: "notes", key: randomBytes(32) }))).toBeNull();
  });

  it("refuses an expired token even when it was verified before", () => {
    let now = Date.now();
    const checked = createIdentityVerifier({ module: "notes", key, now: () => now });
    expect(checked.verify(token)).not.toBeNull();
    now += 61_000;
    expect(checked.verify(token)).toBeNull();
    expect(checked.verify(token)).toBeNull();
  });

  it("keeps working past the size of its memory", () => {
    const small = createIdentityVerifier({ module: "notes", key, cacheSize: 2 });
    for (let i = 0; i < 5; i++) {
      const user = { userId: `u${i}` };
      expect(small.verify(signIdentity(user, { module: "notes", key }))?.userId).toBe(`u${i}`);
    }
  });
});
