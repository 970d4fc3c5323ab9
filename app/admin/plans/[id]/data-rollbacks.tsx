import type { ReactNode } from "react";
import { DataChoice } from "@/components/plan/data-choice";
import { LostRowsTable } from "@/components/plan/lost-rows-table";
import { texts } from "@/components/plan/texts";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { PlanDataRollback, PlanView } from "@/contract/plan";

/** Modules whose data goes back to an older version: the ways there are, each with what it costs in rows. */
export function DataRollbacks({ plan }: { plan: PlanView }) {
  return plan.dataRollbacks.map((back) => (
    <Section key={back.module} title={texts.dataOf(back.title)} description={formatDataRollback(back)}>
      <div className="grid gap-4">
        {back.schema && back.snapshot && (
          <DataChoice
            key={plan.id}
            plan={plan.id}
            label={texts.dataOf(back.title)}
            changes={plan.changes}
            module={back.module}
            value={back.chosen}
            options={[
              {
                value: "schema",
                title: texts.keepNewerData,
                description: texts.keepNewerDataDescription(formatLosses(back.schema)),
              },
              {
                value: "snapshot",
                title: texts.snapshotChoice,
                description: texts.snapshotChoiceDescription(back.snapshot.rows, back.rows),
              },
            ]}
          />
        )}
        {back.chosen === "schema" && back.schema && (
          <LostRowsTable module={back.title} lost={back.schema.lost} />
        )}
      </div>
    </Section>
  ));
}

function formatDataRollback({ chosen, schema, snapshot, refused }: PlanDataRollback): ReactNode {
  if (schema && snapshot) return <>{texts.snapshotTaken(<Time value={snapshot.takenAt} />)}</>;
  if (chosen === "snapshot") return texts.newerDataNotPossible(refused ?? "");
  if (schema?.by === "kept") return texts.additionsKeptBecause(refused ?? "");
  return schema ? `${formatLosses(schema)} ${texts.snapshotTakenFirst}` : texts.snapshotTakenFirst;
}

function formatLosses({ by, lost }: NonNullable<PlanDataRollback["schema"]>): string {
  if (by === "kept") return texts.additionsKept;
  const rows = lost.reduce((sum, loss) => sum + loss.rows, 0);
  if (rows === 0) return texts.noDataLost;
  return texts.entriesLost(rows);
}
