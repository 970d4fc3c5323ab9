import type { NotificationView } from "@/contract/notifications";

/** The newest notifications of the user, and how many are unread in all. */
export interface News {
  items: NotificationView[];
  nextCursor: string | null;
  unread: number;
}
