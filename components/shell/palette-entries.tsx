import { Bell, House, LogOut, Monitor, Moon, Store, Sun, UserRound } from "lucide-react";
import type { ReactNode } from "react";
import { ModuleIcon } from "@/components/ui/module-icon";
import type { Navigation } from "@/lib/navigation";
import { adminLinks } from "./admin-links";
import { leave } from "./leave";
import type { Rankable } from "./rank-entries";

export interface PaletteEntry extends Rankable {
  id: string;
  group: "Pages" | "Administration" | "Installed modules" | "Marketplace" | "Actions";
  icon: ReactNode;
  detail?: string;
  run: () => void;
}

export interface CatalogItem {
  name: string;
  title: string;
  summary: string;
}

interface Deps {
  go: (href: string) => void;
  setTheme: (theme: string) => void;
}

/** Everything the palette reaches, in the order it shows while nothing is typed. */
export function paletteEntries(navigation: Navigation, catalog: CatalogItem[], deps: Deps): PaletteEntry[] {
  const { admin, plugins } = navigation;
  const page = (label: string, href: string, icon: ReactNode, keywords: string): PaletteEntry => ({
    id: href,
    group: "Pages",
    label,
    keywords,
    icon,
    run: () => deps.go(href),
  });
  const theme = (label: string, value: string, icon: ReactNode): PaletteEntry => ({
    id: `theme-${value}`,
    group: "Actions",
    label,
    keywords: "theme appearance colour",
    icon,
    run: () => deps.setTheme(value),
  });
  const installed = new Set(admin?.modules.map((module) => module.name));
  return [
    page("Home", "/", <House aria-hidden />, "widgets start"),
    ...plugins.flatMap((plugin) =>
      plugin.pages.map((own) => ({
        ...page(plugin.title, own.href, <SmallIcon {...plugin} />, `${own.title} ${plugin.name}`),
        ...(own.title === plugin.title ? {} : { detail: own.title }),
      })),
    ),
    page("Notifications", "/notifications", <Bell aria-hidden />, "news bell unread read"),
    page(
      "Account and tokens",
      "/account",
      <UserRound aria-hidden />,
      "profile password language time zone mail notifications",
    ),
    ...adminLinks
      .filter((link) => admin !== null && (!link.people || admin.people))
      .map((link) => ({
        ...page(link.label, link.href, <link.icon aria-hidden />, link.keywords),
        group: "Administration" as const,
      })),
    ...(admin?.modules ?? []).map((module) => ({
      ...page(
        module.title,
        `/admin/modules/${module.name}`,
        <SmallIcon {...module} />,
        `${module.name} manage module`,
      ),
      group: "Installed modules" as const,
    })),
    ...catalog
      .filter((item) => !installed.has(item.name))
      .map((item) => ({
        ...page(
          item.title,
          `/admin/marketplace/${item.name}`,
          <Store aria-hidden />,
          `${item.name} install ${item.summary}`,
        ),
        group: "Marketplace" as const,
      })),
    theme("Light theme", "light", <Sun aria-hidden />),
    theme("Dark theme", "dark", <Moon aria-hidden />),
    theme("Theme as the system", "system", <Monitor aria-hidden />),
    {
      id: "leave",
      group: "Actions",
      label: "Sign out",
      keywords: "log out leave",
      icon: <LogOut aria-hidden />,
      run: () => void leave(),
    },
  ];
}

function SmallIcon({ icon, title }: { icon: string | null; title: string }) {
  return <ModuleIcon src={icon} title={title} className="size-4 rounded-sm text-[0.625rem]" />;
}
