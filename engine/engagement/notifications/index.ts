export { createMailer } from "./create-mailer.ts";
export { createNotifications } from "./create-notifications.ts";
export type * from "./types.ts";
