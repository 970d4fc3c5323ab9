import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { Time } from "@/components/ui/time";
import type { ListAnswer } from "@/sdk/views/index.ts";
import { texts } from "./texts.ts";
import { ViewLink } from "./view-link.tsx";
import type { ViewSource } from "./view-source.ts";

export function ListView({ answer, source }: { answer: ListAnswer; source: ViewSource }) {
  return (
    <ul className="divide-y">
      {answer.items.map((item, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two items may say the same, and none has a state
        <li key={i} className="grid grid-cols-1 gap-0.5 px-4 py-2.5">
          <div className="flex items-baseline gap-2">
            {item.unread ? (
              <span className="size-1.5 shrink-0 self-center rounded-full bg-primary">
                <span className="sr-only">{texts.unread}</span>
              </span>
            ) : null}
            <ViewLink
              module={source.module}
              pages={source.href !== null}
              link={item.link}
              className={cn("min-w-0 truncate hover:underline", item.unread && "font-medium")}
            >
              {item.title}
            </ViewLink>
            {item.badge ? <Badge tone={item.badge.tone ?? "neutral"}>{item.badge.text}</Badge> : null}
            {item.time ? (
              <span className="ml-auto shrink-0 pl-2 text-xs text-muted-foreground">
                <Time value={item.time} />
              </span>
            ) : null}
          </div>
          {item.text ? <p className="line-clamp-2 text-muted-foreground">{item.text}</p> : null}
        </li>
      ))}
    </ul>
  );
}
