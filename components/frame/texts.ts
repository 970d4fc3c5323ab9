/** Around the frame of a module’s page or widget. */
export const texts = {
  loading: (title: string) => `Loading ${title}…`,
  retry: "Retry",
  interrupted: "Something in here failed.",
  dismiss: "Dismiss",
  wantsToOpen: (module: string, host: string) => `${module} wants to open ${host}`,
  open: "Open",
  didNotStart: "It did not start in time.",
  stoppedAnswering: "It stopped responding.",
  ranIntoError: "It ran into an error.",
  noPage: "Nothing here",
  noPageHint: (module: string) => `${module} has no page at this address.`,
  notFound: "Not found",
} as const;
