import { createHash } from "node:crypto";
import type { FlagContext } from "../types.ts";
import type { CompiledFlag } from "./compile-flag.ts";

/** Every answer as the body of OFREP's bulk evaluation, in ASCII alone, with a strong entity tag of them. */
export function evaluateBulk(
  flags: readonly CompiledFlag[],
  context: FlagContext,
): { body: string; etag: string } {
  let body = "";
  let tags = "";
  for (let i = 0; i < flags.length; i++) {
    const { json, tag } = (flags[i] as CompiledFlag).evaluate(context);
    if (json === "") continue;
    body += body === "" ? json : `,${json}`;
    tags += tag;
  }
  const etag = `"${createHash("sha1").update(tags).digest("base64url")}"`;
  return { body: `{"flags":[${body}]}`, etag };
}
