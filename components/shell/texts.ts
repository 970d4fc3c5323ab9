import { formatNumber } from "@/components/ui/format";

/**
 * What every page says around its content. The navigation’s own words: `navigation-texts.ts`; those of a page that
 * failed, which every page loads: `error-texts.ts`.
 */
export const texts = {
  product: "Graft",
  tagline: "Modules, grafted into a running system.",
  home: "Home",
  page: "Page",
  shortcuts: "Shortcuts",
  skipToContent: "Skip to content",
  mainNavigation: "Main",
  sidebar: "Sidebar",
  expandSidebar: "Expand sidebar",
  collapseSidebar: "Collapse sidebar",
  menu: "Menu",
  menuWithNew: (count: number) => `Menu, ${formatNumber(count)} new`,
  /** Read out in place of the bare number beside an entry. */
  newCount: (count: number) => `${formatNumber(count)} new`,
  upgradesAvailable: (count: number) => `${formatNumber(count)} available`,
  search: "Go to…",
  searchShortcut: "Ctrl K",
  accountMenu: (name: string) => `Account of ${name}`,
  roles: { member: "Member", operator: "Operator", administrator: "Administrator" },
  account: "Account and tokens",
  theme: "Theme",
  light: "Light",
  dark: "Dark",
  system: "System",
  signOut: "Sign out",
  notFoundTitle: "Page not found",
  notFoundExplanation: "It may have been removed, or you may not have access to it.",
  goHome: "Go home",
  goToOverview: "Go to the overview",
} as const;
