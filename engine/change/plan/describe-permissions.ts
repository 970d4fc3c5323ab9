import type { Manifest } from "../../../sdk/manifest/index.ts";
import type { MigrationPreview } from "../../module-data/index.ts";
import type { PlanPermission } from "./types.ts";

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

/** What a module asks for, in the words of the person who grants it. */
export function describePermissions(
  manifest: Manifest,
  schema: string,
  preview: MigrationPreview | null,
): PlanPermission[] {
  const module = manifest.name;
  const say = (kind: PlanPermission["kind"], text: string): PlanPermission => ({ module, kind, text });
  const said: PlanPermission[] = [];
  if (manifest.database)
    said.push(say("database", `Keeps its own tables in the schema ${schema}; it cannot read anyone else's.`));
  for (const extension of preview?.extensions ?? []) {
    const how = extension.installed ? "Uses" : "Adds to the database and uses";
    said.push(say("extension", `${how} the PostgreSQL extension ${extension.name}.`));
  }
  if (manifest.runtime) {
    said.push(
      say("memory", `Runs a process of its own with up to ${manifest.runtime.memoryMb} MB of memory.`),
    );
  }
  for (const other of manifest.permissions.modules) {
    const [name, version] = other.split(":");
    said.push(say("module", `Calls the ${version} API of ${name} in the name of the user who is using it.`));
  }
  if (manifest.permissions.network.length > 0) {
    said.push(say("network", `Connects to ${manifest.permissions.network.join(", ")}.`));
  }
  const apis = Object.keys(manifest.api);
  if (apis.length > 0)
    said.push(say("api", `Answers at ${apis.map((v) => `/api/${v}/${module}/`).join(" and ")}.`));
  if (manifest.pages.length > 0) {
    const titles = manifest.pages.map((page) => page.title).join(", ");
    said.push(
      say("pages", `Adds ${count(manifest.pages.length, "page", "pages")} to the navigation: ${titles}.`),
    );
  }
  if (manifest.widgets.length > 0) {
    const titles = manifest.widgets.map((widget) => widget.title).join(", ");
    said.push(
      say(
        "widgets",
        `Adds ${count(manifest.widgets.length, "widget", "widgets")} to the home page: ${titles}.`,
      ),
    );
  }
  return said;
}
