import Link from "next/link";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { ArchiveProposal, FlagView } from "@/contract/flags";
import { ArchiveButton } from "./archive-button.tsx";

/** Flags that could go, each with what was counted. */
export function ArchiveProposals({ proposals, days }: { proposals: ArchiveProposal[]; days: number }) {
  if (proposals.length === 0) return null;
  return (
    <Section
      title="Could be archived"
      description={`For ${days} days at least. An archived flag gives everyone its default and can be brought back.`}
      actions={
        proposals.length > 1 ? (
          <ArchiveButton keys={proposals.map(({ key }) => key)} archived={false} size="sm" />
        ) : undefined
      }
    >
      <ul className="divide-y">
        {proposals.map(({ key, evidence }) => (
          <li key={key} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2">
            <div className="grid min-w-0 gap-0.5">
              <FlagLink flagKey={key} />
              <p className="text-muted-foreground">{evidence.join(" ")}</p>
            </div>
            <ArchiveButton keys={[key]} archived={false} size="sm" named />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Flags out of use, apart from the others. */
export function ArchivedFlags({ flags }: { flags: FlagView[] }) {
  if (flags.length === 0) return null;
  return (
    <Section title="Archived" description="Everyone gets the default of these, whatever their rules say.">
      <ul className="divide-y">
        {flags.map((flag) => (
          <li key={flag.key} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2">
            <div className="grid min-w-0 gap-0.5">
              <FlagLink flagKey={flag.key} />
              <p className="text-muted-foreground">
                Everyone gets {flag.definition.defaultVariant ?? "the value in the code"}
                {flag.updatedAt === null ? "" : ", since "}
                {flag.updatedAt === null ? null : <Time value={flag.updatedAt} />}
              </p>
            </div>
            <ArchiveButton keys={[flag.key]} archived size="sm" named />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function FlagLink({ flagKey }: { flagKey: string }) {
  return (
    <Link
      href={`/admin/flags/${encodeURIComponent(flagKey)}`}
      className="w-fit font-mono text-[0.8125rem] font-medium break-all hover:underline"
    >
      {flagKey}
    </Link>
  );
}
