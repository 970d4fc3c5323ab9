import type { ContentItem } from "@/components/marketplace/module-contents";
import { texts } from "@/components/module/texts";
import type { CatalogVersion } from "@/contract/catalog";

type Manifest = CatalogVersion["manifest"];

/** What installing brings, in the words of the person who decides. */
export function describeContents(manifest: Manifest): ContentItem[] {
  const items: ContentItem[] = [];
  for (const page of manifest.pages)
    items.push({ kind: "page", title: page.title, detail: texts.pageDetail });
  for (const widget of manifest.widgets)
    items.push({
      kind: "widget",
      title: widget.title,
      detail: widget.summary ?? texts.widgetDetail,
    });
  for (const [version, { openapi }] of Object.entries(manifest.api))
    items.push({
      kind: "api",
      title: texts.api(version),
      detail: `/api/${version}/${manifest.name}${openapi ? texts.describedWithOpenapi : ""}`,
    });
  if (manifest.database)
    items.push({ kind: "tables", title: texts.ownTables, detail: texts.ownTablesDetail });
  for (const [name, version] of Object.entries(manifest.provides))
    items.push({
      kind: "capability",
      title: texts.provides(name),
      detail: texts.providesDetail(version),
    });
  for (const [name, flag] of Object.entries(manifest.flags))
    items.push({ kind: "flag", title: texts.flag(name), detail: flag.description });
  const events = Object.keys(manifest.events.publishes);
  if (events.length > 0)
    items.push({ kind: "event", title: texts.eventCount(events.length), detail: events.join(", ") });
  if (manifest.config) items.push({ kind: "setting", title: texts.settings, detail: texts.settingsDetail });
  return items;
}
