"use client";

import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Bell } from "@/components/ui/icons";
import { type EndpointState, watchEndpoint } from "@/components/ui/watch-endpoint";
import type { NotificationPage } from "@/contract/notifications";
import { texts } from "./texts.ts";

const load = () => import("./notification-popover");
const NotificationPopover = lazy(() => load().then((m) => ({ default: m.NotificationPopover })));

// Pages of the administration hear no events; there this is how news arrives.
const pollMs = 60_000;

/** How much is unread, on every page; the list is loaded when somebody reaches for it. `unread` is the first paint's. */
export function NotificationBell({ unread: initial }: { unread: number }) {
  const [used, setUsed] = useState(false);
  const [state, setState] = useState<EndpointState>({ status: "loading" });
  const watch = useRef<ReturnType<typeof watchEndpoint> | null>(null);
  useEffect(() => {
    watch.current = watchEndpoint({
      url: "/api/v1/graft/me/notifications?limit=8",
      module: "graft",
      everyMs: pollMs,
      onState: setState,
    });
    return watch.current.stop;
  }, []);
  const data = state.status === "answered" ? (state.body as NotificationPage) : undefined;
  const unread = data?.unread ?? initial;
  const count = unread > 99 ? "99+" : String(unread);
  const trigger = (
    <Button
      variant="ghost"
      size="icon"
      aria-haspopup="dialog"
      aria-label={unread === 0 ? texts.notifications : texts.notificationsUnread(unread)}
      className="relative"
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => setUsed(true)}
    >
      <Bell aria-hidden />
      {unread > 0 && (
        <span
          aria-hidden
          className="absolute top-0 right-0 grid h-4 min-w-4 place-items-center rounded-full bg-primary px-1 text-[0.625rem] font-medium text-primary-foreground tabular-nums"
        >
          {count}
        </span>
      )}
    </Button>
  );
  if (!used) return trigger;
  return (
    <Suspense fallback={trigger}>
      <NotificationPopover
        news={data}
        failed={state.status === "failed"}
        retry={() => watch.current?.refresh()}
        trigger={trigger}
      />
    </Suspense>
  );
}
