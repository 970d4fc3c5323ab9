import type { ContentItem } from "@/components/marketplace/module-contents";
import { plural } from "@/components/ui/format";
import type { CatalogVersion } from "@/contract/catalog";

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
