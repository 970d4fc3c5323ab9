import type { Actor, Close, Page } from "../../core/index.ts";
import type { Identity } from "../../people/index.ts";

/** What a module sends. Reaches those addressed who were given the module or any of its widgets. */
export interface NewNotification {
  /** As declared under `notifications` in the manifest. */
  kind: string;
  to: { users?: string[]; groups?: string[]; everyone?: true };
  /** Users who already know, the author first of all. */
  except?: string[];
  title: string;
  body?: string;
  /** Below the module's pages, where a click leads: `/posts/7`. */
  path?: string;
  /** A later one with the same key replaces it as long as it is unread. */
  key?: string;
}

export interface NotificationView {
  id: string;
  module: string;
  moduleTitle: string;
  kind: string;
  title: string;
  body: string;
  /** Where a click leads; null when the module has no page that its reader may open. */
  href: string | null;
  createdAt: string;
  readAt: string | null;
}

/** One kind of one module, and where this user wants it. */
export interface NotificationPreferenceView {
  module: string;
  moduleTitle: string;
  kind: string;
  title: string;
  description: string;
  bell: boolean;
  mail: boolean;
}

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

export interface MailQueueView {
  /** Not sent yet; those of whom a try has failed are `retrying`. */
  waiting: number;
  retrying: number;
  nextAt: string | null;
  /** Of a mail that has not been sent since. */
  lastError: { at: string; message: string; willRetry: boolean } | null;
}

export interface MailStatus {
  /** Null: mail is not configured. */
  server: MailServer | null;
  queue: MailQueueView;
}

export interface MailRoom {
  status(): Promise<MailStatus>;
  /**
   * Sends a mail to the actor, or to the user of that address, at once. At most 5 a minute and actor; audited.
   * @throws CONFLICT without a mail server; MAIL_FAILED with what the server said; INVALID_INPUT; NOT_FOUND; RATE_LIMITED
   */
  test(actor: Actor, address?: string): Promise<{ to: string }>;
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
  list(
    identity: Identity,
    query?: { unread?: boolean; limit?: number; cursor?: string },
  ): Promise<Page<NotificationView>>;
  unread(identity: Identity): Promise<number>;
  /** `ids` that are not this user's are left alone. No ids: all of them. @returns those that became read */
  markRead(identity: Identity, ids?: string[]): Promise<string[]>;
  /** @returns how many became unread; one whose key a newer one has taken stays read */
  markUnread(identity: Identity, ids: string[]): Promise<number>;
  preferences(identity: Identity): Promise<NotificationPreferenceView[]>;
  /** @throws NOT_FOUND for a kind that no module of this user declares */
  setPreference(
    identity: Identity,
    preference: { module: string; kind: string; bell: boolean; mail: boolean },
  ): Promise<NotificationPreferenceView[]>;
  /** Called with the users whose notifications changed, on every host; null: anybody's. */
  onChange(listener: (userIds: ReadonlySet<string> | null) => void): () => void;
  close: Close;
}

export interface MailServer {
  host: string;
  port: number;
  /** `tls` from the first byte, else by STARTTLS where the server offers it. */
  security: "tls" | "starttls";
  /** Whether the server is told a user and a password. */
  signsIn: boolean;
  from: string;
}
