import { createHmac, timingSafeEqual } from "node:crypto";
import type { Digest } from "../../core/index.ts";

/** 32 bytes with which a module verifies `Graft-Identity`; another digest of the module has another key. */
export function identityKey(secret: Buffer, module: string, digest: Digest): Buffer {
  return createHmac("sha256", secret).update(`identity:${module}:${digest}`).digest();
}

/** `GRAFT_TOKEN`: how a module's process proves itself on the host socket. */
export function moduleToken(secret: Buffer, module: string, digest: Digest): string {
  return createHmac("sha256", secret).update(`module-token:${module}:${digest}`).digest("base64url");
}

/** Compares without telling by its duration where the two differ; strings of unequal length differ at once. */
export function sameSecret(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
