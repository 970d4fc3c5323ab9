/** What somebody chose about the shell, read by the server for the first paint. */
export const shellCookies = {
  /** `narrow` or `wide`. */
  sidebar: "graft-sidebar",
  /** Ids of the closed groups of the navigation, with dots between them. */
  closedGroups: "graft-closed-groups",
} as const;
