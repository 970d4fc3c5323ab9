"use client";

import Link from "next/link";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Mail, MailOpen } from "@/components/ui/icons";
import { Time } from "@/components/ui/time";
import type { NotificationView } from "@/contract/notifications";
import { texts } from "./texts.ts";
import { useMark } from "./use-mark";

/** One piece of news. Opening it reads it; the button marks it the other way. */
export function NotificationItem({ item, onOpen }: { item: NotificationView; onOpen?: () => void }) {
  const mark = useMark();
  const unread = item.readAt === null;
  const text = (
    <>
      <span className="flex items-baseline gap-2 text-xs text-muted-foreground">
        <span className="truncate">{item.moduleTitle}</span>
        <Time value={item.createdAt} />
      </span>
      <span className={cn("break-words", unread && "font-medium")}>
        {unread
          ? texts.unreadTitle(item.title, (text) => <span className="sr-only">{text}</span>)
          : item.title}
      </span>
      {item.body && <span className="line-clamp-3 break-words text-muted-foreground">{item.body}</span>}
    </>
  );
  return (
    <li className="flex items-start gap-2 py-2.5">
      <span aria-hidden className={cn("mt-1.5 size-2 shrink-0 rounded-full", unread && "bg-primary")} />
      {item.href === null ? (
        <div className="grid min-w-0 flex-1 gap-0.5">{text}</div>
      ) : (
        <Link
          href={item.href}
          prefetch={false}
          onClick={() => {
            if (unread) void mark.read(item.id);
            onOpen?.();
          }}
          className="grid min-w-0 flex-1 gap-0.5 rounded-sm hover:text-primary"
        >
          {text}
        </Link>
      )}
      <Button
        variant="ghost"
        size="icon"
        aria-label={unread ? texts.markAsRead(item.title) : texts.markAsUnread(item.title)}
        onClick={() => void (unread ? mark.read(item.id) : mark.unread(item.id))}
      >
        {unread ? <MailOpen aria-hidden /> : <Mail aria-hidden />}
      </Button>
    </li>
  );
}
