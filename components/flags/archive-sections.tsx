import Link from "next/link";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { ArchiveProposal, FlagView } from "@/contract/flags";
import { ArchiveButton } from "./archive-button.tsx";
import { texts } from "./texts.ts";

/** Flags that could go, each with what was counted. */
export function ArchiveProposals({ proposals, days }: { proposals: ArchiveProposal[]; days: number }) {
  if (proposals.length === 0) return null;
  return (
    <Section
      title={texts.couldBeArchived}
      description={texts.couldBeArchivedExplained(days)}
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
    <Section title={texts.archivedFlags} description={texts.archivedExplained}>
      <ul className="divide-y">
        {flags.map((flag) => (
          <li key={flag.key} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2">
            <div className="grid min-w-0 gap-0.5">
              <FlagLink flagKey={flag.key} />
              <p className="text-muted-foreground">
                <DefaultGiven flag={flag} />
              </p>
            </div>
            <ArchiveButton keys={[flag.key]} archived size="sm" named />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function DefaultGiven({ flag }: { flag: FlagView }) {
  const variant = flag.definition.defaultVariant ?? texts.valueInCode;
  if (flag.updatedAt === null) return texts.everyoneGetsDefault(variant);
  return texts.everyoneGetsDefaultSince(variant, <Time value={flag.updatedAt} />);
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
