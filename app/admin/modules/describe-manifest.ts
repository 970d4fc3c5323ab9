import type { ContentItem } from "@/components/marketplace/module-contents";
import { plural } from "@/components/ui/format";
import type { CatalogVersion } from "@/engine/supply/catalog/index";

type Manifest = CatalogVersion["manifest"];

/** What installing brings, in the words of the person who decides. */
export function describeContents(manifest: Manifest): ContentItem[] {
  const items: ContentItem[] = [];
  for (const page of manifest.pages)
    items.push({ kind: "page", title: page.title, detail: "A page in the navigation" });
  for (const widget of manifest.widgets)
    items.push({
      kind: "widget",
      title: widget.title,
      detail: widget.summary ?? "A widget for the home page",
    });
  for (const [version, { openapi }] of Object.entries(manifest.api))
    items.push({
      kind: "api",
      title: `API ${version}`,
      detail: `/api/${version}/${manifest.name}${openapi ? ", described with OpenAPI" : ""}`,
    });
  if (manifest.database)
    items.push({ kind: "tables", title: "Tables of its own", detail: "In a schema nobody else reads" });
  for (const [name, version] of Object.entries(manifest.provides))
    items.push({
      kind: "capability",
      title: `Provides ${name}`,
      detail: `Version ${version}, for other modules`,
    });
  for (const [name, flag] of Object.entries(manifest.flags))
    items.push({ kind: "flag", title: `Flag ${name}`, detail: flag.description });
  const events = Object.keys(manifest.events.publishes);
  if (events.length > 0)
    items.push({ kind: "event", title: plural(events.length, "event"), detail: events.join(", ") });
  if (manifest.config)
    items.push({ kind: "setting", title: "Settings", detail: "To be filled in by an administrator" });
  return items;
}

/** What it wants to be allowed; the plan says the same again before anything is granted. */
export function describeRequests(manifest: Manifest): string[] {
  const requests: string[] = [];
  if (manifest.database) requests.push("Keeps its own tables; it cannot read anyone else's.");
  for (const extension of manifest.database?.extensions ?? [])
    requests.push(`Uses the PostgreSQL extension ${extension}.`);
  if (manifest.runtime)
    requests.push(`Runs a process of its own with up to ${manifest.runtime.memoryMb} MB of memory.`);
  for (const permission of manifest.permissions.modules) {
    const [module, version] = permission.split(":");
    requests.push(`Calls the ${version} API of ${module} in the name of the user who is using it.`);
  }
  if (manifest.permissions.network.length > 0)
    requests.push(`Connects to ${manifest.permissions.network.join(", ")}.`);
  return requests;
}
