import { mailStatus, testMailInput, testMailView } from "../../../../contract/mail.ts";
import {
  markedView,
  markReadInput,
  markUnreadInput,
  notificationPage,
  notificationPreferenceView,
  notificationQuery,
  preferenceInput,
} from "../../../../contract/notifications.ts";
import { pageOf } from "../../../../contract/page.ts";
import { callingUser } from "../calling-user.ts";
import { defineRoute, listOf } from "../define-route.ts";

const operating = { role: "administrator" } as const;
const own = { role: "member" } as const;

export const notificationRoutes = [
  defineRoute("GET", "/me/notifications", {
    ...own,
    summary: "What modules told you, newest first",
    query: notificationQuery,
    answer: notificationPage,
    async handle({ engine, query, ...call }) {
      const user = callingUser(call, "notifications");
      const [page, unread] = await Promise.all([
        engine.notifications.list(user, query),
        engine.notifications.unread(user),
      ]);
      return { ...page, unread };
    },
  }),
  defineRoute("POST", "/me/notifications/read", {
    ...own,
    summary: "Mark as read; without `ids` all of them",
    body: markReadInput,
    answer: markedView,
    handle: async ({ engine, body, ...call }) => ({
      changed: (await engine.notifications.markRead(callingUser(call, "notifications"), body.ids)).length,
    }),
  }),
  defineRoute("POST", "/me/notifications/unread", {
    ...own,
    summary: "Mark as unread again",
    body: markUnreadInput,
    answer: markedView,
    handle: async ({ engine, body, ...call }) => ({
      changed: await engine.notifications.markUnread(callingUser(call, "notifications"), body.ids),
    }),
  }),
  defineRoute("GET", "/me/notification-preferences", {
    ...own,
    summary: "Every kind of notification that your modules send, and where you want it",
    answer: pageOf(notificationPreferenceView),
    handle: async ({ engine, ...call }) =>
      listOf(await engine.notifications.preferences(callingUser(call, "notifications"))),
  }),
  defineRoute("PUT", "/me/notification-preferences/{module}/{kind}", {
    ...own,
    summary: "Choose the bell, mail, both or neither; mail goes out where the host has SMTP configured",
    body: preferenceInput,
    answer: pageOf(notificationPreferenceView),
    handle: async ({ engine, params, body, ...call }) =>
      listOf(
        await engine.notifications.setPreference(callingUser(call, "notifications"), { ...params, ...body }),
      ),
  }),
  defineRoute("GET", "/mail", {
    ...operating,
    summary: "Through which server mail goes, what waits, and what went wrong last",
    answer: mailStatus,
    handle: ({ engine }) => engine.notifications.mail.status(),
  }),
  defineRoute("POST", "/mail/test", {
    ...operating,
    summary: "Send a test mail to yourself, or to the user of the address `to`",
    body: testMailInput,
    answer: testMailView,
    handle: ({ engine, actor, body }) => engine.notifications.mail.test(actor, body.to),
  }),
];
