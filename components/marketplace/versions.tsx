import { PlanButton } from "@/components/plan/plan-button";
import { Badge } from "@/components/ui/badge";
import { formatBytes } from "@/components/ui/format";
import { Prose } from "@/components/ui/prose";
import type { CatalogVersion } from "@/contract/catalog";
import { texts } from "./texts";

export interface VersionView extends Pick<CatalogVersion, "version" | "size" | "source"> {
  /** Sanitised HTML. */
  changelogHtml: string;
}

/** Every version on offer, newest first, each with what changed. */
export function Versions(props: { module: string; versions: VersionView[]; installed: string | null }) {
  return (
    <ul className="divide-y">
      {props.versions.map((version, i) => (
        <li key={version.version} className="grid gap-2 py-3 first:pt-0">
          <div className="flex min-h-7 flex-wrap items-center gap-2">
            <h3 className="tabular font-medium">{version.version}</h3>
            {i === 0 && <Badge tone="solid">{texts.newest}</Badge>}
            {version.version === props.installed && <Badge tone="success">{texts.installed}</Badge>}
            <span className="text-muted-foreground">
              {formatBytes(version.size)} · {version.source}
            </span>
            {i > 0 && version.version !== props.installed && (
              <span className="ml-auto">
                <PlanButton
                  size="sm"
                  aria-label={texts.installVersion(version.version)}
                  changes={[
                    {
                      action: props.installed === null ? "install" : "upgrade",
                      module: props.module,
                      version: version.version,
                    },
                  ]}
                >
                  {texts.install}
                </PlanButton>
              </span>
            )}
          </div>
          {version.changelogHtml ? (
            <Prose html={version.changelogHtml} className="text-muted-foreground" />
          ) : (
            <p className="text-muted-foreground">{texts.noReleaseNotes}</p>
          )}
        </li>
      ))}
    </ul>
  );
}
