import type { Metadata } from "next";
import { MarkAllRead } from "@/components/notifications/mark-all-read";
import { NoNotifications } from "@/components/notifications/no-notifications";
import { NotificationItem } from "@/components/notifications/notification-item";
import { texts } from "@/components/notifications/texts";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { getEngine } from "@/lib/engine";
import { oneOf } from "@/lib/search-params";
import { requireViewer } from "@/lib/session";

export const metadata: Metadata = { title: texts.notifications };

export default async function NotificationsPage({ searchParams }: PageProps<"/notifications">) {
  const viewer = await requireViewer();
  const cursor = oneOf((await searchParams).cursor);
  const { notifications } = getEngine();
  const [{ items, nextCursor }, unread] = await Promise.all([
    notifications.list(viewer, { limit: 30, ...(cursor && { cursor }) }),
    notifications.unread(viewer),
  ]);
  return (
    <Page width="narrow">
      <PageHeader
        title={texts.notifications}
        description={unread === 0 ? texts.allRead : texts.unreadCount(unread)}
        actions={unread > 0 && <MarkAllRead />}
      />
      {items.length === 0 ? (
        <NoNotifications className="rounded-lg border border-dashed" />
      ) : (
        <ul className="grid divide-y border-y">
          {items.map((item) => (
            <NotificationItem key={item.id} item={item} />
          ))}
        </ul>
      )}
      <Pager href="/notifications" next={nextCursor} first={cursor === undefined} />
    </Page>
  );
}
