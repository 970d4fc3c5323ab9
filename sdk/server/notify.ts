import { callModule } from "./call-module.ts";
import { log } from "./log.ts";

/** News for users. They see it at the bell, and by mail if they want it there. */
export interface NewNotification {
  /** Declared under `notifications` in module.json. */
  kind: string;
  /** User ids, group keys, or everyone; of these it reaches those who were given the module. */
  to: { users?: readonly string[]; groups?: readonly string[]; everyone?: true };
  /** Ids of users who know already, as the one who caused it. */
  except?: readonly string[];
  /** One line, at most 120 characters. */
  title: string;
  /** Plain text, at most 500 characters. */
  body?: string;
  /** Where a click leads, below the module's pages: `/posts/7`. */
  path?: string;
  /** A later notification with the same key takes the place of this one while it is unread. */
  key?: string;
}

/**
 * Tells users something; at most 60 calls a minute. A host that cannot be reached or refuses is written to the log and
 * does not fail the request that is being served: what happened has happened, told or not.
 * @returns how many people were told; null when it failed
 */
export async function notify(notification: NewNotification): Promise<number | null> {
  const answer = await ask<{ recipients: number }>("/v1/notifications", notification);
  return answer?.recipients ?? null;
}

/**
 * Takes back what is unread, by its key, when there is nothing to tell any more; with `users`, who have seen it
 * meanwhile, marks it as read for them. @returns how many; null when it failed
 */
export async function retractNotification(key: string, users?: readonly string[]): Promise<number | null> {
  const answer = await ask<{ retracted: number }>("/v1/notifications/retract", { key, users });
  return answer?.retracted ?? null;
}

async function ask<T>(path: string, body: unknown): Promise<T | null> {
  try {
    const response = await callModule("graft", path, { body });
    if (response.ok) return (await response.json()) as T;
    log.warn("Graft refused a notification", { status: response.status, problem: await response.text() });
  } catch (error) {
    log.warn("a notification could not be sent", { error: String(error) });
  }
  return null;
}
