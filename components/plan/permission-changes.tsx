import { Badge } from "@/components/ui/badge";
import type { PlanPermissionChange } from "@/contract/plan";
import { ByModule } from "./by-module";
import { permissionIcon } from "./permission-list";
import { texts } from "./texts";

/** What a new version may do that the installed one may not, then what it gives up. */
export function PermissionChanges(props: { changes: PlanPermissionChange[]; titles: Map<string, string> }) {
  return (
    <ByModule items={props.changes} titles={props.titles}>
      {(change) => <Change key={`${change.change}${change.text}`} change={change} />}
    </ByModule>
  );
}

function Change({ change }: { change: PlanPermissionChange }) {
  const Icon = permissionIcon(change.kind);
  const removed = change.change === "removed";
  return (
    <li className="flex items-start gap-2.5">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
      <span className={removed ? "text-muted-foreground line-through" : undefined}>{change.text}</span>
      <Badge tone={removed ? "neutral" : change.consent ? "warning" : "primary"}>
        {removed ? texts.permissionRemoved : texts.added}
      </Badge>
    </li>
  );
}
