import type { ReactNode } from "react";
import { DataChoice } from "@/components/plan/data-choice";
import { LostRowsTable } from "@/components/plan/lost-rows-table";
import { plural } from "@/components/ui/format";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { PlanDataRollback, PlanView } from "@/contract/plan";

/** Modules whose data goes back to an older version: the ways there are, each with what it costs in rows. */
export function DataRollbacks({ plan }: { plan: PlanView }) {
  return plan.dataRollbacks.map((back) => (
    <Section key={back.module} title={`Data of ${back.title}`} description={formatDataRollback(back)}>
      <div className="grid gap-4">
        {back.schema && back.snapshot && (
          <DataChoice
            key={plan.id}
            label={`Data of ${back.title}`}
            changes={plan.changes}
            module={back.module}
            value={back.chosen}
            options={[
              {
                value: "schema",
                title: "Keep what was written since",
                description: `Only the tables go back. ${formatLosses(back.schema)}`,
              },
              {
                value: "snapshot",
                title: "Data as of the snapshot",
                description: `${plural(back.snapshot.rows, "row")} instead of the ${back.rows} there are now. What was written since is lost.`,
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
  if (schema && snapshot)
    return (
      <>
        The snapshot was taken <Time value={snapshot.takenAt} />. Whatever you choose, another one of the
        present is taken first.
      </>
    );
  if (chosen === "snapshot") return `Keeping what was written since is not possible: ${refused}.`;
  if (schema?.by === "kept") return `What the newer version added stays, unused: ${refused}.`;
  return `${schema ? formatLosses(schema) : ""} A snapshot of the present is taken first.`;
}

function formatLosses({ by, lost }: NonNullable<PlanDataRollback["schema"]>): string {
  if (by === "kept") return "What the newer version added stays beside, unused.";
  const rows = lost.reduce((sum, loss) => sum + loss.rows, 0);
  if (rows === 0) return "Nothing that was written is lost.";
  return `What stands in newer tables and columns is lost: ${plural(rows, "entry", "entries")}.`;
}
