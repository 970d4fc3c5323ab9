import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { BackupScheduleView } from "@/contract/backup";
import { getEngine } from "@/lib/engine";
import { MakeBackupButton } from "./make-backup-button";
import { RunTable } from "./run-table";
import { ScheduleForm } from "./schedule-form";
import { texts } from "./texts";

/** Backups that are made by themselves: whether the last one is known to restore, when they are made, and which there are. */
export async function ScheduledSection() {
  const { scheduled } = getEngine().backups;
  const [schedule, runs] = await Promise.all([scheduled.get(), scheduled.runs()]);
  const { enabled, at, timeZone, days, weeks, months, next } = schedule;
  return (
    <Section
      id="scheduled-backups"
      title={texts.scheduled}
      description={
        <>
          {texts.scheduledDescription(
            <code className="font-mono text-xs">{schedule.place}</code>,
            texts.encryptions[schedule.encryption],
          )}{" "}
          {texts.signedWith(<code className="font-mono text-xs">{schedule.key}</code>)}{" "}
          {next && <span className="text-foreground">{texts.next(<Time value={next} />)}</span>}
        </>
      }
      actions={<MakeBackupButton running={runs.some(({ status }) => status === "running")} />}
    >
      <div className="grid gap-5">
        {(enabled || runs.length > 0) && <Proof schedule={schedule} />}
        {enabled && schedule.onSameDisk && (
          <Notice tone="warning" title={texts.onSameDisk}>
            {texts.onSameDiskDescription}
          </Notice>
        )}
        <ScheduleForm
          schedule={{ enabled, at, timeZone, days, weeks, months }}
          revision={schedule.revision}
          untouched={schedule.updatedAt === null}
        />
        <RunTable runs={runs} />
      </div>
    </Section>
  );
}

/** Green only while the newest backup is proved and none is missing. */
function Proof({ schedule: { isProved, lastProved } }: { schedule: BackupScheduleView }) {
  if (isProved && lastProved)
    return <Notice tone="success" title={texts.proved(<Time value={lastProved.at} />)} />;
  return (
    <Notice tone="warning" title={texts.notProved}>
      {lastProved ? texts.lastProved(<Time value={lastProved.at} />) : texts.neverProved}
    </Notice>
  );
}
