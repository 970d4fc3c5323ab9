import { Notice } from "@/components/ui/notice";
import { texts } from "./texts";

/** Folders that hold something which is not a module: named, so that somebody can repair them. */
export function CatalogProblems(props: { problems: { source: string; path: string; message: string }[] }) {
  if (props.problems.length === 0) return null;
  return (
    <Notice tone="warning" className="mb-6" title={texts.unreadableFolders(props.problems.length)}>
      <ul className="grid gap-1.5">
        {props.problems.map((problem) => (
          <li key={`${problem.source}${problem.path}`} className="grid gap-0.5">
            <code className="font-mono text-xs break-all text-foreground">{problem.path}</code>
            <span className="whitespace-pre-line">{problem.message}</span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
