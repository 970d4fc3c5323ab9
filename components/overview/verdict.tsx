import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { CircleCheck, CircleX, type IconComponent, TriangleExclamationPoint } from "@/components/ui/icons";
import { texts } from "./texts";

export interface Concern {
  severity: "failing" | "degraded";
  title: string;
  detail: string | null;
  href: string | null;
}

const looks: Record<
  "well" | Concern["severity"],
  { icon: IconComponent; className: string; ground: string }
> = {
  well: { icon: CircleCheck, className: "text-success", ground: "border-success/25 bg-success/5" },
  degraded: {
    icon: TriangleExclamationPoint,
    className: "text-warning",
    ground: "border-warning/30 bg-warning/5",
  },
  failing: { icon: CircleX, className: "text-danger", ground: "border-danger/30 bg-danger/5" },
};

/** One sentence that answers "is everything well?", then what needs attention, worst first. */
export function Verdict({ concerns, modules }: { concerns: Concern[]; modules: number }) {
  const worst = concerns.some((concern) => concern.severity === "failing")
    ? "failing"
    : concerns.length > 0
      ? "degraded"
      : "well";
  const { icon: Icon, className, ground } = looks[worst];
  return (
    <section aria-label={texts.sectionLabel} className={cn("grid gap-4 rounded-xl border p-5", ground)}>
      <div className="flex items-center gap-4">
        <Icon aria-hidden className={cn("size-9 shrink-0", className)} strokeWidth={1.6} />
        <div className="grid gap-0.5">
          <p className="text-lg font-semibold tracking-tight" role="status">
            {worst === "well" ? texts.allWell : texts.needAttention(concerns.length)}
          </p>
          <p className="text-muted-foreground">
            {worst !== "well"
              ? texts.worstFirst
              : modules === 0
                ? texts.readyForFirstModule
                : texts.allResponding}
          </p>
        </div>
      </div>
      {concerns.length > 0 && (
        <ul className="divide-y border-t">
          {concerns.map((concern) => {
            const { icon: ConcernIcon, className: tone } = looks[concern.severity];
            return (
              <li key={concern.title} className="flex items-start gap-3 py-2.5 last:pb-0">
                <ConcernIcon aria-hidden className={cn("mt-0.5 size-4 shrink-0", tone)} />
                <span className="grid min-w-0 flex-1 gap-0.5">
                  <span className="font-medium">{concern.title}</span>
                  {concern.detail && (
                    <span className="break-words text-muted-foreground">{concern.detail}</span>
                  )}
                </span>
                {concern.href && (
                  <Link
                    href={concern.href}
                    aria-label={texts.viewConcern(concern.title)}
                    className="shrink-0 rounded-sm font-medium text-primary hover:underline"
                  >
                    {texts.view}
                  </Link>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
