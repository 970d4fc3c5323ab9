import Link from "next/link";
import { PlanButton } from "@/components/plan/plan-button";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { Time } from "@/components/ui/time";
import type { GenerationView } from "@/contract/generation";
import { ModuleChangeItem } from "./module-change";
import { texts } from "./texts";

interface GenerationItemView extends Omit<GenerationView, "parent" | "modules"> {
  modules: number;
  /** The generation that a link compares it with. */
  compareWith: number;
}

export function GenerationItem({ generation }: { generation: GenerationItemView }) {
  return (
    <li className="relative grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-4 pb-8 last:pb-0">
      <span
        aria-hidden
        className="absolute top-6 bottom-0 left-[0.71rem] w-px bg-border in-[li:last-child]:hidden"
      />
      <span
        aria-hidden
        className={cn(
          "mt-1 ml-1.5 size-3 rounded-full border-2 bg-background",
          generation.current ? "border-primary bg-primary" : "border-input",
        )}
      />
      <div className="grid gap-2">
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <div className="grid gap-0.5">
            <h2 className="flex flex-wrap items-center gap-2 font-semibold">
              <span className="tabular">{texts.generation(generation.number)}</span>
              {generation.current && <Badge tone="primary">{texts.current}</Badge>}
            </h2>
            <p>{generation.reason}</p>
            <p className="text-muted-foreground">
              {generation.actorName}, <Time value={generation.createdAt} /> ·{" "}
              {texts.moduleCount(generation.modules)}
              {generation.operationId !== null && (
                <>
                  {" · "}
                  <Link
                    href={`/admin/operations/${generation.operationId}`}
                    className="underline underline-offset-2 hover:text-foreground"
                  >
                    {texts.operation}
                  </Link>
                </>
              )}
              {!generation.current && (
                <>
                  {" · "}
                  <Link
                    href={`/admin/history?from=${generation.number}&to=${generation.compareWith}`}
                    aria-label={texts.compareWithCurrent(generation.number)}
                    className="underline underline-offset-2 hover:text-foreground"
                  >
                    {texts.compare}
                  </Link>
                </>
              )}
            </p>
          </div>
          {!generation.current && (
            <PlanButton
              size="sm"
              aria-label={texts.goBackTo(generation.number)}
              changes={[{ action: "rollback", generation: generation.number }]}
            >
              {texts.goBack}
            </PlanButton>
          )}
        </div>
        {generation.changes.length > 0 && (
          <ul className="grid gap-0.5">
            {generation.changes.map((change) => (
              <ModuleChangeItem key={change.name} {...change} />
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}
