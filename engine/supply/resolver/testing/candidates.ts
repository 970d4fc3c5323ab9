import { type ManifestInput, manifestSchema } from "../../../../sdk/manifest/index.ts";
import type { Candidate, ResolveRequest } from "../types.ts";

type Extra = Partial<Pick<ManifestInput, "dependencies" | "needs" | "provides" | "engines">>;

/** `a@1.0.0` with what it depends on. */
export function module(id: string, extra: Extra = {}): Candidate {
  const [name = "", version = ""] = id.split("@");
  const manifest = manifestSchema.parse({
    manifestVersion: 1,
    name,
    publisher: "graft",
    version,
    type: "module",
    title: name,
    summary: name,
    license: "MIT",
    ...extra,
  });
  return { name, version, digest: `sha256:${Buffer.from(id).toString("hex")}`, manifest };
}
export const dep = (id: string, dependencies: Record<string, string> = {}) => module(id, { dependencies });

export function request(input: Partial<Omit<ResolveRequest, "want">> & { want?: string[] }): ResolveRequest {
  const want = (input.want ?? []).map((text) => {
    const [name = "", range] = text.split("@");
    return { name, ...(range ? { range } : {}) };
  });
  return { remove: [], installed: [], available: [], graftVersion: "1.0.0", ...input, want };
}
