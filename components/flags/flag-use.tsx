import Link from "next/link";
import { formatNumber } from "@/components/ui/format";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { texts } from "./texts.ts";

/** How much a flag is asked for, and which flags hang on it. */
export function FlagUse(props: {
  usage: { asked: number; sent: number; lastAt: string | null };
  requires: string[];
  requiredBy: string[];
  days: number;
}) {
  const { asked, sent, lastAt } = props.usage;
  return (
    <Section title={texts.usage} description={texts.usageDays(props.days)}>
      <dl className="grid gap-1">
        <Row label={texts.askedByName}>{formatNumber(asked)}</Row>
        <Row label={texts.sentAlong}>{formatNumber(sent)}</Row>
        <Row label={texts.last}>{lastAt === null ? texts.never : <Time value={lastAt} />}</Row>
        {props.requires.length === 0 ? null : (
          <Row label={texts.requires}>
            <FlagLinks keys={props.requires} />
          </Row>
        )}
        {props.requiredBy.length === 0 ? null : (
          <Row label={texts.requiredBy}>
            <FlagLinks keys={props.requiredBy} />
          </Row>
        )}
      </dl>
    </Section>
  );
}

function Row({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex justify-between gap-4 border-b py-1 last:border-0">
      <dt className="text-muted-foreground">{label}</dt>
      <dd className="min-w-0 text-right break-words tabular-nums">{children}</dd>
    </div>
  );
}

function FlagLinks({ keys }: { keys: string[] }) {
  return keys.map((key, i) => (
    <span key={key}>
      {i === 0 ? "" : ", "}
      <Link href={`/admin/flags/${encodeURIComponent(key)}`} className="font-mono text-xs underline">
        {key}
      </Link>
    </span>
  ));
}
