import type { ReactNode } from "react";
import { formatNumber, plural } from "@/components/ui/format";
import { rich } from "@/components/ui/rich";

/** The bell, the list of notifications and what to be notified about. */
export const texts = {
  notifications: "Notifications",
  notificationsUnread: (count: number) => `Notifications, ${count} unread`,
  preferences: "Notification preferences",
  allNotifications: "All notifications",
  loadFailed: "Notifications could not be loaded.",
  retry: "Retry",
  unreadTitle: (title: string, hidden: (text: string) => ReactNode) => rich`${title}${hidden(", unread")}`,
  markAsRead: (title: string) => `Mark ${title} as read`,
  markAsUnread: (title: string) => `Mark ${title} as unread`,
  markAllAsRead: "Mark all as read",
  markedAsRead: (count: number) => `Marked ${plural(count, "notification")} as read.`,
  empty: "No notifications",
  emptyHint: "Messages from your modules appear here.",
  allRead: "You have read everything.",
  unreadCount: (count: number) => `${formatNumber(count)} unread.`,

  // Preferences
  nothingToChoose: "None of your modules sends notifications.",
  what: "What",
  bell: "Bell",
  email: "E-mail",
  inTheBell: (title: string) => `${title} in the bell`,
  byEmail: (title: string) => `${title} by e-mail`,
  emailExplained: (address: string) =>
    `E-mail goes to ${address}, unless you read the notification here within a minute.`,
  emailNotConfigured: "This host does not send e-mail: no mail server is configured.",
} as const;
