/** The command palette's words, loaded with it. Pages of the administration: `navigation-texts.ts`. */
export const paletteTexts = {
  title: "Command palette",
  description: "Type to find a page, a module or an action.",
  placeholder: "Find a page, a module, an action…",
  nothingFound: "No results",
  groups: {
    pages: "Pages",
    administration: "Administration",
    installed: "Installed modules",
    marketplace: "Marketplace",
    actions: "Actions",
  },
  home: { label: "Home", keywords: "homepage start dashboard widgets" },
  notifications: { label: "Notifications", keywords: "news bell inbox messages unread read alerts" },
  account: {
    label: "Account and tokens",
    keywords:
      "profile preferences settings password language locale time zone api keys access tokens e-mail mail notifications sessions devices",
  },
  lightTheme: { label: "Light theme", keywords: "light mode appearance color colour bright day" },
  darkTheme: { label: "Dark theme", keywords: "dark mode appearance color colour night" },
  systemTheme: { label: "System theme", keywords: "auto automatic mode appearance color colour" },
  signOut: { label: "Sign out", keywords: "log out logout sign off leave exit" },
  /** Besides its title and name. */
  installedKeywords: "manage module uninstall settings access logs",
  catalogKeywords: "install add module",
} as const;
