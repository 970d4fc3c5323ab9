import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import type { RunView } from "@/contract/upgrades";
import { texts } from "./texts";

const outcomes = {
  upgraded: { label: texts.upgraded, tone: "success" },
  reverted: { label: texts.reverted, tone: "warning" },
  failed: { label: texts.failed, tone: "danger" },
  "left-out": { label: texts.skipped, tone: "neutral" },
} as const;

/** What automatic upgrades did, window by window. */
export function RunList({ runs }: { runs: RunView[] }) {
  return (
    <ol className="divide-y">
      {runs.map((run) => (
        <li key={run.window.start} className="grid gap-2 py-3 first:pt-0">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <h3 className="font-medium">
              <Time value={run.startedAt} absolute />
            </h3>
            {run.finishedAt === null && <Badge tone="primary">{texts.running}</Badge>}
          </div>
          {run.items.length === 0 && run.finishedAt !== null && (
            <p className="text-muted-foreground">{texts.nothingToDo}</p>
          )}
          <ul className="grid gap-2">
            {run.items.map((item) => (
              <li key={`${item.module} ${item.to}`} className="flex flex-wrap items-start gap-x-3 gap-y-1">
                <Badge tone={outcomes[item.outcome].tone}>{outcomes[item.outcome].label}</Badge>
                <div className="grid min-w-0 flex-1 basis-64 gap-0.5">
                  <span>
                    {item.title}{" "}
                    <span className="tabular text-muted-foreground">
                      {item.from} → {item.to}
                    </span>{" "}
                    {item.operationId !== null && (
                      <Link
                        href={`/admin/operations/${item.operationId}`}
                        aria-label={texts.operationOf(item.title)}
                        className="text-primary underline underline-offset-2"
                      >
                        {texts.operation}
                      </Link>
                    )}
                  </span>
                  {item.reason !== null && <span className="text-muted-foreground">{item.reason}</span>}
                </div>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
