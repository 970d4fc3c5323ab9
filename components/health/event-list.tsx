import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { sentence } from "@/components/ui/format";
import {
  CircleCheck,
  CircleExclamationPoint,
  type IconComponent,
  Info,
  RotateCw,
  ShieldExclamationPoint,
} from "@/components/ui/icons";
import { Time } from "@/components/ui/time";
import type { ModuleEventView } from "@/contract/health";

const kinds: Record<string, { icon: IconComponent; className: string }> = {
  crashed: { icon: CircleExclamationPoint, className: "text-danger" },
  failing: { icon: CircleExclamationPoint, className: "text-danger" },
  quarantined: { icon: ShieldExclamationPoint, className: "text-danger" },
  degraded: { icon: CircleExclamationPoint, className: "text-warning" },
  restarted: { icon: RotateCw, className: "text-muted-foreground" },
  recovered: { icon: CircleCheck, className: "text-success" },
  healthy: { icon: CircleCheck, className: "text-success" },
};

/** What happened to modules, newest first. */
export function EventList({
  events,
  showModule = false,
}: {
  events: ModuleEventView[];
  showModule?: boolean;
}) {
  return (
    <ol className="divide-y">
      {events.map((event) => {
        const { icon: Icon, className } = kinds[event.kind] ?? {
          icon: Info,
          className: "text-muted-foreground",
        };
        return (
          <li key={event.id} className="flex items-start gap-3 py-2">
            <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", className)} />
            <span className="min-w-0 flex-1">
              {showModule && (
                <Link
                  href={`/admin/modules/${event.module}?tab=health`}
                  className="font-medium hover:underline"
                >
                  {event.module}
                </Link>
              )}{" "}
              <span className="sr-only">{event.kind}: </span>
              <span className="break-words">{showModule ? event.message : sentence(event.message)}</span>
            </span>
            <span className="shrink-0 text-muted-foreground">
              <Time value={event.at} />
            </span>
          </li>
        );
      })}
    </ol>
  );
}
