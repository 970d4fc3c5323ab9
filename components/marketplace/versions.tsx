import type { ComponentProps } from "react";
import { PlanButton } from "@/components/plan/plan-button";
import { Badge } from "@/components/ui/badge";
import { DrawnText } from "@/components/ui/drawn-text";
import { formatBytes } from "@/components/ui/format";
import type { CatalogVersion } from "@/contract/catalog";
import { texts } from "./texts";

export interface VersionView extends Pick<CatalogVersion, "version" | "size" | "source"> {
  changelog: ComponentProps<typeof DrawnText>["text"];
  /** The hosts it is made for, where this is none of them. */
  needsGraft: string | null;
}

/** Every version on offer, newest first, each with what changed. */
export function Versions(props: {
  module: string;
  versions: VersionView[];
  /** What an install without a version takes. */
  latest: string;
  installed: string | null;
}) {
  const newest = props.versions[0]?.version === props.latest ? texts.newest : texts.newestForThisHost;
  const offered = ({ version, needsGraft }: VersionView) =>
    needsGraft === null && version !== props.latest && version !== props.installed;
  return (
    <ul className="divide-y">
      {props.versions.map((version) => (
        <li key={version.version} className="grid gap-2 py-3 first:pt-0">
          <div className="flex min-h-7 flex-wrap items-center gap-2">
            <h3 className="tabular font-medium">{version.version}</h3>
            {version.version === props.latest && version.needsGraft === null && (
              <Badge tone="solid">{newest}</Badge>
            )}
            {version.needsGraft !== null && (
              <Badge tone="warning">{texts.needsOtherGraft(version.needsGraft)}</Badge>
            )}
            {version.version === props.installed && <Badge tone="success">{texts.installed}</Badge>}
            <span className="text-muted-foreground">
              {formatBytes(version.size)} · {version.source}
            </span>
            {offered(version) && (
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
          {version.changelog.html !== "" || version.changelog.problem !== null ? (
            <DrawnText text={version.changelog} className="text-muted-foreground" />
          ) : (
            <p className="text-muted-foreground">{texts.noReleaseNotes}</p>
          )}
        </li>
      ))}
    </ul>
  );
}
