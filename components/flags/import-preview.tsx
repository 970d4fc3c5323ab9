import { Badge } from "@/components/ui/badge";
import { formatList } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import type { ImportPlan } from "@/contract/flags";
import { texts } from "./texts.ts";

const words = { new: texts.kindNew, changed: texts.kindChanged, same: texts.kindSame };

/** What an import would do, or the lines that keep it out. */
export function ImportPreview({ plan }: { plan: ImportPlan }) {
  const { problems } = plan;
  if (problems.length > 0) {
    return (
      <Notice tone="danger" live title={texts.problems(problems.length)}>
        <ul className="grid max-h-60 gap-1 overflow-y-auto">
          {problems.map(({ line, column, path, message }) => (
            <li key={`${line}:${column}:${path}:${message}`} className="break-words">
              {texts.problemAt(
                <span className="font-mono text-xs">{texts.lineAndColumn(line, column)}</span>,
                message,
              )}
            </li>
          ))}
        </ul>
      </Notice>
    );
  }
  return (
    <div className="grid gap-2" role="status">
      <ul className="grid max-h-60 gap-1 overflow-y-auto" aria-label={texts.importChanges}>
        {plan.flags.map(({ key, kind, users, gain, lose }) => (
          <li key={key} className="flex flex-wrap items-center justify-between gap-x-4">
            <span className="flex min-w-0 items-center gap-2">
              <span className="font-mono text-xs break-all">{key}</span>
              <Badge>{words[kind]}</Badge>
            </span>
            <span className="text-muted-foreground">
              {users === 0
                ? texts.nobodyChanges
                : gain + lose > 0
                  ? texts.importUsersGainAndLose(users, gain, lose)
                  : texts.importUsersChange(users)}
            </span>
          </li>
        ))}
      </ul>
      {plan.evaluators.length === 0 ? null : (
        <p className="text-muted-foreground">{texts.sharedEvaluators(formatList(plan.evaluators))}</p>
      )}
    </div>
  );
}
