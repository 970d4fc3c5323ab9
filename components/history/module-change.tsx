import { cn } from "@/components/ui/cn";
import { ArrowDown, ArrowUp, Minus, Plus, RefreshCw } from "@/components/ui/icons";
import type { ModuleChange } from "@/contract/generation";
import { texts } from "./texts";

const kinds = {
  added: { icon: Plus, className: "text-success" },
  removed: { icon: Minus, className: "text-danger" },
  upgraded: { icon: ArrowUp, className: "text-primary" },
  downgraded: { icon: ArrowDown, className: "text-warning" },
  rebuilt: { icon: RefreshCw, className: "text-primary" },
};

export function ModuleChangeItem({ kind, name, from, to }: ModuleChange) {
  const { icon: Icon, className } = kinds[kind];
  return (
    <li className="flex flex-wrap items-center gap-x-2">
      <Icon aria-hidden className={cn("size-4 shrink-0", className)} />
      <span className="font-medium">{name}</span> {texts.changes[kind]}
      <span className="tabular text-muted-foreground">
        {kind === "rebuilt" ? texts.otherFiles(to ?? "") : [from, to].filter(Boolean).join(" → ")}
      </span>
    </li>
  );
}
