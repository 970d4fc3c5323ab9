import { cookies } from "next/headers";
import Link from "next/link";
import { type ReactNode, Suspense } from "react";
import { NotificationBell } from "@/components/notifications/notification-bell";
import { LocaleProvider } from "@/components/ui/locale";
import type { Navigation } from "@/contract/navigation";
import { KeepSession } from "@/lib/keep-session";
import { readUnread } from "@/lib/read-unread";
import { shellCookies } from "./cookies";
import { Logo } from "./logo";
import { MobileNav } from "./mobile-nav";
import { NavigationBadges } from "./navigation-badges";
import { PaletteButton } from "./palette-button";
import { RouteProgress } from "./route-progress";
import { navigationScroll } from "./scroll-to-entry";
import { SidebarFrame } from "./sidebar-frame";
import { SidebarNav } from "./sidebar-nav";
import { texts } from "./texts";
import { UserMenu } from "./user-menu";

/** Sidebar, top bar and the main landmark around every page of a signed-in user. Shows, never authorises. */
export async function Shell({ navigation, children }: { navigation: Navigation; children: ReactNode }) {
  // Read here so that the first paint already has the right width and the right groups open.
  const chosen = await cookies();
  const narrow = chosen.get(shellCookies.sidebar)?.value === "narrow";
  const closedGroups = chosen.get(shellCookies.closedGroups)?.value ?? "";
  // One element for both places: it travels once.
  const nav = <SidebarNav navigation={navigation} closedGroups={closedGroups} />;
  return (
    <LocaleProvider locale={navigation.user.locale} timeZone={navigation.user.timeZone}>
      <nav aria-label={texts.shortcuts}>
        <a
          href="#main"
          className="fixed top-2 left-2 z-60 -translate-y-16 rounded-md bg-primary px-3 py-2 font-medium text-primary-foreground focus:translate-y-0"
        >
          {texts.skipToContent}
        </a>
      </nav>
      <Suspense>
        <RouteProgress />
      </Suspense>
      <KeepSession />
      <NavigationBadges plugins={navigation.plugins}>
        <div className="flex min-h-dvh">
          <SidebarFrame narrow={narrow}>
            <Link
              href="/"
              className="flex h-12 shrink-0 items-center gap-2 px-4 font-semibold tracking-tight narrow:justify-center narrow:px-0"
            >
              <Logo />
              <span className="narrow:sr-only">{texts.product}</span>
            </Link>
            <div {...navigationScroll} className="min-h-0 flex-1 overflow-y-auto px-2 py-2">
              {nav}
            </div>
          </SidebarFrame>
          <div className="flex min-w-0 flex-1 flex-col">
            <header className="sticky top-0 z-40 flex h-12 items-center gap-2 border-b bg-background/90 px-3 backdrop-blur-sm sm:px-4">
              <MobileNav plugins={navigation.plugins}>{nav}</MobileNav>
              <PaletteButton navigation={navigation} />
              <div className="ml-auto flex items-center gap-1">
                <NotificationBell unread={await readUnread()} />
                <UserMenu user={navigation.user} />
              </div>
            </header>
            <main
              id="main"
              // A module's frame may hold a main of its own.
              aria-label={texts.page}
              tabIndex={-1}
              className="flex min-w-0 flex-1 flex-col outline-none"
            >
              {children}
            </main>
          </div>
        </div>
      </NavigationBadges>
    </LocaleProvider>
  );
}
