import type { Candidate } from "../../supply/resolver/index.ts";
import type { StoredModule } from "../../supply/store/index.ts";
import type { PlanStep } from "./types.ts";

type Described = Pick<
  PlanStep,
  "module" | "title" | "type" | "publisher" | "icon" | "digest" | "pages" | "widgets" | "api" | "size"
>;

export function describeModule(module: Candidate, stored: StoredModule): Described {
  const { title, type, publisher, icon, pages, widgets, api } = module.manifest;
  const found = { module: module.name, title, type, publisher, icon: icon ?? null, digest: module.digest };
  return { ...found, pages, widgets, api: Object.keys(api), size: stored.size };
}
