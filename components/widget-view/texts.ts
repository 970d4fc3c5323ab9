/** Widgets that Graft draws from what a module’s endpoint answers. */
export const texts = {
  content: (title: string) => `${title}, content`,
  failed: "This could not be shown.",
  failedDetail: (endpoint: string, kind: string, problem: string) => `${endpoint}, a ${kind}: ${problem}`,
  empty: "Nothing here yet.",
  outdated: "Not up to date: the module is not responding.",
  retry: "Retry",
  opensInNewTab: "(opens in a new tab)",
  unread: "Unread",
  unknown: "unknown",
  courseUnknown: (label: string) => `${label}: no values yet`,
  course: (of: { label: string; first: string; last: string; least: string; most: string }) =>
    `${of.label}, from ${of.first} to ${of.last}; lowest ${of.least}, highest ${of.most}`,
  time: "Time",
  name: "Name",
} as const;
