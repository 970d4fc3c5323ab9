import type { RewrittenLine } from "@/contract/migration";
import { texts } from "./texts";

/** Where a migration runs differently from what its author wrote, line by line. */
export function RewrittenLines({ lines }: { lines: RewrittenLine[] }) {
  return (
    <section className="mb-3 grid gap-1">
      <h4 className="text-xs text-muted-foreground">{texts.linesAdapted(lines.length)}</h4>
      <ul className="grid gap-1 overflow-x-auto rounded-md border bg-muted/40 p-3 font-mono text-xs">
        {lines.map(({ line, before, after }) => (
          <li key={line} className="grid grid-cols-[3rem_minmax(0,1fr)] gap-x-2">
            <span className="tabular text-right text-muted-foreground">{line}</span>
            <span className="grid whitespace-pre">
              <del className="text-danger no-underline">− {before.trim()}</del>
              <ins className="text-success no-underline">
                {after.trim() === "" ? texts.notRun : `+ ${after.trim()}`}
              </ins>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
