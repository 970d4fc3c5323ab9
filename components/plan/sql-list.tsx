import type { ReactNode } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import { ChevronRight } from "@/components/ui/icons";
import type { PlanSql } from "@/contract/plan";
import { highlightSql } from "./highlight-sql";
import { texts } from "./texts";
import { VerdictBadges, VerdictList } from "./verdict-list";

// Colouring multiplies the markup; beyond this a long history would make the page heavy for little use.
const highlightMax = 120_000;

const colours = {
  keyword: "text-code-keyword",
  string: "text-code-string",
  number: "text-code-number",
  comment: "text-code-comment",
  plain: undefined,
};

/** The exact SQL, a fold for each migration, in the order it runs. */
export function SqlList({
  migrations,
  inUse,
}: {
  migrations: PlanSql[];
  inUse: (module: string) => boolean;
}) {
  const total = migrations.reduce((sum, migration) => sum + migration.sql.length, 0);
  return (
    <ol className="divide-y">
      {migrations.map((migration) => (
        <li key={`${migration.module}/${migration.migration}`}>
          <details className="group/fold" open={migrations.length === 1}>
            <summary className="flex min-h-10 list-none items-center gap-2 rounded-md py-1 hover:bg-muted/60 [&::-webkit-details-marker]:hidden">
              <ChevronRight
                aria-hidden
                className="size-4 shrink-0 text-muted-foreground transition-transform group-open/fold:rotate-90"
              />
              <span className="min-w-0 truncate font-mono text-xs">{migration.migration}</span>
              {inUse(migration.module) && (
                <span className="flex shrink-0 flex-wrap gap-1">
                  <VerdictBadges verdicts={migration.verdicts} />
                </span>
              )}
              <span className="ml-auto shrink-0 text-xs text-muted-foreground">
                {migration.module} · {texts.lineCount(migration.sql.split("\n").length)}
              </span>
            </summary>
            <VerdictList verdicts={migration.verdicts} />
            <CodeBlock text={migration.sql} label={texts.sqlOf(migration.migration)} className="mb-3">
              {total > highlightMax ? migration.sql : <Highlighted sql={migration.sql} />}
            </CodeBlock>
          </details>
        </li>
      ))}
    </ol>
  );
}

function Highlighted({ sql }: { sql: string }) {
  const pieces: ReactNode[] = [];
  for (const token of highlightSql(sql)) {
    const colour = colours[token.kind];
    pieces.push(
      colour ? (
        <span key={pieces.length} className={colour}>
          {token.text}
        </span>
      ) : (
        token.text
      ),
    );
  }
  return pieces;
}
