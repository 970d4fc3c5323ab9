import type { ReactNode } from "react";
import { formatNumber } from "@/components/ui/format";
import { rich } from "@/components/ui/rich";

/** A person’s home as it is looked at. What arranging it says: `arrange-texts.ts`, which loads with it. */
export const texts = {
  home: "Home",
  hello: (name: string) => `Hello, ${name}`,
  nothingYet: "Nothing here yet",
  nothingYetHint: "Widgets appear here as soon as an administrator gives you access to one.",
  noWidgets: "No widgets for you yet",
  noWidgetsHint:
    "Install a module that comes with a widget, or give yourself access to one that is already installed.",
  openMarketplace: "Open the marketplace",
  installedModules: "Installed modules",
  homeReset: "Your home has been reset.",
  editHome: "Edit home",
  reset: "Reset",
  saving: "Saving…",
  savedAsYouGo: "Changes are saved as you go",
  done: "Done",
  homeEmpty: "Your home is empty",
  homeEmptyHint: "You removed every widget. Add them again from the gallery.",
  addWidgets: "Add widgets",
  newCount: (count: number, hidden: (text: string) => ReactNode) =>
    rich`${formatNumber(count)}${hidden(" new")}`,
  openModule: (title: string) => `Open ${title}`,
  loading: "Loading…",
} as const;
