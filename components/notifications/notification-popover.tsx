"use client";

import Link from "next/link";
import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { Settings2 } from "@/components/ui/icons";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Skeleton } from "@/components/ui/skeleton";
import type { NotificationPage } from "@/contract/notifications";
import { MarkAllRead } from "./mark-all-read";
import { NoNotifications } from "./no-notifications";
import { NotificationItem } from "./notification-item";
import { texts } from "./texts.ts";

interface Props {
  news: NotificationPage | undefined;
  failed: boolean;
  retry: () => void;
  /** The button that was there before; takes its place, opened. */
  trigger: ReactElement;
}

export function NotificationPopover({ news, failed, retry, trigger }: Props) {
  const [open, setOpen] = useState(true);
  const close = () => setOpen(false);
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent
        align="end"
        aria-label={texts.notifications}
        className="w-[min(24rem,calc(100vw-1rem))] p-0"
      >
        <div className="flex h-11 items-center gap-1 border-b pr-1.5 pl-3">
          <h2 className="mr-auto font-medium">{texts.notifications}</h2>
          {news !== undefined && news.unread > 0 && <MarkAllRead />}
          <Button asChild variant="ghost" size="icon">
            <Link href="/account#notifications" aria-label={texts.preferences} onClick={close}>
              <Settings2 aria-hidden />
            </Link>
          </Button>
        </div>
        <div className="max-h-[min(26rem,60vh)] overflow-y-auto px-3">
          <NewsList news={news} failed={failed} retry={retry} close={close} />
        </div>
        <Link
          href="/notifications"
          onClick={close}
          className="grid h-10 place-items-center rounded-b-lg border-t text-muted-foreground hover:bg-accent hover:text-foreground"
        >
          {texts.allNotifications}
        </Link>
      </PopoverContent>
    </Popover>
  );
}

function NewsList({ news, failed, retry, close }: Omit<Props, "trigger"> & { close: () => void }) {
  if (news !== undefined) {
    if (news.items.length === 0) return <NoNotifications className="py-8" />;
    return (
      <ul className="grid divide-y">
        {news.items.map((item) => (
          <NotificationItem key={item.id} item={item} onOpen={close} />
        ))}
      </ul>
    );
  }
  if (!failed) return <Skeleton className="my-3 h-24" />;
  return (
    <div role="alert" className="grid justify-items-center gap-3 py-8 text-muted-foreground">
      {texts.loadFailed}
      <Button size="sm" onClick={retry}>
        {texts.retry}
      </Button>
    </div>
  );
}
