import type { MailStatus, TestMailView } from "../../../contract/mail.ts";
import type {
  NotificationPreferenceView,
  NotificationQuery,
  NotificationView,
  OwnPreferenceInput,
} from "../../../contract/notifications.ts";
import type { Actor, Close, Page } from "../../core/index.ts";
import type { Identity } from "../../people/index.ts";

/** A kind that an installed module declares. */
export interface NotificationSource {
  module: string;
  moduleTitle: string;
  kind: string;
  title: string;
  description: string;
  /** Whether it goes out by mail unless the user says otherwise. */
  mail: boolean;
  hasPages: boolean;
}

export interface MailRoom {
  status(): Promise<MailStatus>;
  /**
   * Sends a mail to the actor, or to the user of that address, at once. At most 5 a minute and actor; audited.
   * @throws CONFLICT without a mail server; MAIL_FAILED with what the server said; INVALID_INPUT; NOT_FOUND; RATE_LIMITED
   */
  test(actor: Actor, address?: string): Promise<TestMailView>;
}

export interface Notifications {
  /** Whether e-mail can be sent: SMTP is configured. */
  readonly mailConfigured: boolean;
  readonly mail: MailRoom;
  /**
   * From a module to users. At most 60 calls a minute and module.
   * @returns how many people got it
   * @throws INVALID_INPUT, also for a kind the manifest does not declare; RATE_LIMITED
   */
  send(module: string, notification: unknown): Promise<{ recipients: number }>;
  /**
   * Takes back what is unread, by its key. With users: marks it as read for these. @returns how many
   * @throws INVALID_INPUT
   */
  retract(module: string, retraction: unknown): Promise<{ retracted: number }>;
  /** Newest first; those of modules the user no longer has are left out. */
  list(identity: Identity, query?: NotificationQuery): Promise<Page<NotificationView>>;
  unread(identity: Identity): Promise<number>;
  /** `ids` that are not this user's are left alone. No ids: all of them. @returns those that became read */
  markRead(identity: Identity, ids?: string[]): Promise<string[]>;
  /** @returns how many became unread; one whose key a newer one has taken stays read */
  markUnread(identity: Identity, ids: string[]): Promise<number>;
  preferences(identity: Identity): Promise<NotificationPreferenceView[]>;
  /** @throws NOT_FOUND for a kind that no module of this user declares */
  setPreference(identity: Identity, preference: OwnPreferenceInput): Promise<NotificationPreferenceView[]>;
  /** Called with the users whose notifications changed, on every host; null: anybody's. */
  onChange(listener: (userIds: ReadonlySet<string> | null) => void): () => void;
  close: Close;
}
