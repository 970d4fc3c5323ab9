import type { ReactNode } from "react";
import { formatNumber } from "@/components/ui/format";
import { rich } from "@/components/ui/rich";

/** What every page says around its content. The navigation's own words: `navigation-texts.ts`. */
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
  errorTitle: "This page could not be shown",
  errorExplanation: "Graft or its database did not respond as expected. Nothing was changed.",
  errorId: (id: ReactNode) => rich`Error ${id}`,
  retry: "Retry",
  notFoundTitle: "Page not found",
  notFoundExplanation: "It may have been removed, or you may not have access to it.",
  goHome: "Go home",
  goToOverview: "Go to the overview",
} as const;
