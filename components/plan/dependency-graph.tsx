import { cn } from "@/components/ui/cn";
import { ModuleIcon } from "@/components/ui/module-icon";
import { layoutGraph, nodeSize } from "./layout-graph";
import { texts } from "./texts";

export interface GraphModule {
  name: string;
  title: string;
  icon: string | null;
  /** "1.0.0", "1.0.0 → 1.1.0". */
  version: string;
  change: "install" | "upgrade" | "uninstall" | "settings" | "unchanged";
  needs: string[];
}

const changes = {
  install: { label: texts.added, className: "border-primary/45 text-primary" },
  upgrade: { label: texts.upgrade, className: "border-primary/45 text-primary" },
  settings: { label: texts.settings, className: "border-primary/45 text-primary" },
  uninstall: { label: texts.removed, className: "border-danger/45 border-dashed text-danger" },
  unchanged: { label: texts.unchanged, className: "text-muted-foreground" },
};

/** What the plan touches and what that rests on, the needed ones at the right. */
export function DependencyGraph({ modules }: { modules: GraphModule[] }) {
  const layout = layoutGraph(modules.map((module) => ({ id: module.name, needs: module.needs })));
  const byName = new Map(modules.map((module) => [module.name, module]));
  return (
    <section
      aria-label={texts.dependencyGraph}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="relative overflow-x-auto rounded-lg border bg-muted/40 bg-[radial-gradient(var(--border)_1px,transparent_1px)] bg-size-[16px_16px] p-6"
    >
      <div className="relative mx-auto" style={{ width: layout.width, height: layout.height }}>
        <svg
          aria-hidden="true"
          width={layout.width}
          height={layout.height}
          className="absolute inset-0 overflow-visible"
        >
          <defs>
            <marker
              id="needs"
              viewBox="0 0 8 8"
              refX="4"
              refY="4"
              markerWidth="6"
              markerHeight="6"
              orient="auto"
            >
              <path d="M0 0L8 4L0 8z" className="fill-muted-foreground" />
            </marker>
          </defs>
          {layout.edges.map((edge) => (
            <path
              key={`${edge.from}-${edge.to}`}
              d={edge.path}
              fill="none"
              markerEnd="url(#needs)"
              className="stroke-muted-foreground"
              strokeWidth="1.25"
            />
          ))}
        </svg>
        <ul>
          {layout.nodes.map((node) => {
            const module = byName.get(node.id);
            if (!module) return null;
            const change = changes[module.change];
            const needs = module.needs
              .map((name) => byName.get(name)?.title)
              .filter((title) => title !== undefined);
            return (
              <li
                key={node.id}
                className={cn(
                  "absolute flex items-center gap-3 rounded-lg border bg-card px-3 shadow-xs",
                  change.className,
                )}
                style={{ left: node.x, top: node.y, ...nodeSize }}
              >
                <ModuleIcon src={module.icon} title={module.title} className="size-7 rounded-md" />
                <span className="grid min-w-0 flex-1">
                  <span className="truncate font-medium text-foreground">{module.title}</span>
                  <span className="flex justify-between gap-2 text-xs">
                    <span className="tabular truncate text-muted-foreground">{module.version}</span>
                    <span className="font-medium">{change.label}</span>
                  </span>
                </span>
                {needs.length > 0 && <span className="sr-only">{texts.needs(needs)}</span>}
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}
