import Link from "next/link";
import { ModuleTypeBadge } from "@/components/module/module-type";
import { Badge } from "@/components/ui/badge";
import { CircleArrowUp, CircleCheck } from "@/components/ui/icons";
import { ModuleIcon } from "@/components/ui/module-icon";
import type { CatalogEntryView } from "@/contract/catalog";
import { texts } from "./texts";

export interface CatalogCardView
  extends Pick<
    CatalogEntryView,
    "name" | "title" | "summary" | "type" | "publisher" | "latest" | "unsupported" | "icon" | "installed"
  > {
  /** Installed in an older version. */
  outdated: boolean;
}

export function CatalogCard({ entry }: { entry: CatalogCardView }) {
  return (
    <li className="relative flex gap-4 rounded-lg border bg-card p-4 transition-colors has-[a:hover]:border-input/60 has-[a:hover]:bg-muted/50">
      <ModuleIcon src={entry.icon} title={entry.title} />
      <div className="grid min-w-0 flex-1 content-start gap-1">
        <div className="flex items-baseline justify-between gap-3">
          <h2 className="min-w-0 truncate font-semibold">
            {/* The link covers the card, so that the whole of it is the target. */}
            <Link
              href={`/admin/marketplace/${entry.name}`}
              className="after:absolute after:inset-0 after:rounded-lg"
            >
              {entry.title}
            </Link>
          </h2>
          <span className="tabular shrink-0 text-xs text-muted-foreground">{entry.latest}</span>
        </div>
        <p className="line-clamp-2 min-h-10 text-pretty text-muted-foreground">{entry.summary}</p>
        <div className="mt-1.5 flex flex-wrap items-center gap-1.5">
          <ModuleTypeBadge type={entry.type} />
          <span className="text-xs text-muted-foreground">{texts.by(entry.publisher)}</span>
          {entry.unsupported !== null && (
            <span className="text-xs text-muted-foreground">
              {texts.needsGraft(entry.unsupported.version, entry.unsupported.graft)}
            </span>
          )}
          <InstalledBadge entry={entry} />
        </div>
      </div>
    </li>
  );
}

function InstalledBadge({ entry }: { entry: CatalogCardView }) {
  if (entry.installed === null) return null;
  if (!entry.outdated) {
    return (
      <Badge tone="success" className="ml-auto">
        <CircleCheck aria-hidden />
        {texts.installed}
      </Badge>
    );
  }
  return (
    <Badge tone="primary" className="ml-auto">
      <CircleArrowUp aria-hidden />
      {texts.upgradeFrom(entry.installed)}
    </Badge>
  );
}
