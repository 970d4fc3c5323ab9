import type { ReactNode } from "react";
import { Bell, House, LogOut, Monitor, Moon, Store, Sun, UserRound } from "@/components/ui/icons";
import { ModuleIcon } from "@/components/ui/module-icon";
import type { CatalogEntryView } from "@/contract/catalog";
import type { Navigation } from "@/contract/navigation";
import { type AdminLink, adminGroupsFor, overviewLink } from "./admin-navigation";
import { leave } from "./leave";
import { paletteTexts } from "./palette-texts";
import type { Rankable } from "./rank-entries";

export interface PaletteEntry extends Rankable {
  id: string;
  group: keyof typeof paletteTexts.groups;
  icon: ReactNode;
  detail?: string;
  run: () => void;
}

export type CatalogItem = Pick<CatalogEntryView, "name" | "title" | "summary">;

interface Deps {
  go: (href: string) => void;
  setTheme: (theme: string) => void;
}

/** Everything the palette reaches, in the order it shows while nothing is typed. */
export function paletteEntries(navigation: Navigation, catalog: CatalogItem[], deps: Deps): PaletteEntry[] {
  const { admin } = navigation;
  return [
    ...pagesOfEveryone(navigation, deps),
    ...(admin === null ? [] : pagesOfAdministration(admin, catalog, deps)),
    ...actions(deps),
  ];
}

function pageEntry(page: Rankable & { href: string; icon: ReactNode }, deps: Deps) {
  return { ...page, id: page.href, group: "pages" as const, run: () => deps.go(page.href) };
}

function pagesOfEveryone({ plugins }: Navigation, deps: Deps): PaletteEntry[] {
  const { home, notifications, account } = paletteTexts;
  return [
    pageEntry({ ...home, href: "/", icon: <House aria-hidden /> }, deps),
    ...plugins.flatMap((plugin) =>
      plugin.pages.map((own) => ({
        ...pageEntry(
          {
            label: plugin.title,
            keywords: `${own.title} ${plugin.name}`,
            href: own.href,
            icon: <SmallIcon {...plugin} />,
          },
          deps,
        ),
        ...(own.title === plugin.title ? {} : { detail: own.title }),
      })),
    ),
    pageEntry({ ...notifications, href: "/notifications", icon: <Bell aria-hidden /> }, deps),
    pageEntry({ ...account, href: "/account", icon: <UserRound aria-hidden /> }, deps),
  ];
}

function pagesOfAdministration(
  admin: NonNullable<Navigation["admin"]>,
  catalog: CatalogItem[],
  deps: Deps,
): PaletteEntry[] {
  const adminEntry = ({ text, href, icon: Icon }: AdminLink, detail?: string): PaletteEntry => ({
    ...pageEntry(
      { label: text.label, keywords: `${text.keywords} ${detail ?? ""}`, href, icon: <Icon aria-hidden /> },
      deps,
    ),
    group: "administration",
    ...(detail === undefined ? {} : { detail }),
  });
  const installed = new Set(admin.modules.map((module) => module.name));
  return [
    adminEntry(overviewLink),
    ...adminGroupsFor(admin).flatMap((group) => group.links.map((link) => adminEntry(link, group.label))),
    ...admin.modules.map((module) => ({
      ...pageEntry(
        {
          label: module.title,
          keywords: `${module.name} ${paletteTexts.installedKeywords}`,
          href: `/admin/modules/${module.name}`,
          icon: <SmallIcon {...module} />,
        },
        deps,
      ),
      group: "installed" as const,
    })),
    ...catalog
      .filter((item) => !installed.has(item.name))
      .map((item) => ({
        ...pageEntry(
          {
            label: item.title,
            keywords: `${item.name} ${paletteTexts.catalogKeywords} ${item.summary}`,
            href: `/admin/marketplace/${item.name}`,
            icon: <Store aria-hidden />,
          },
          deps,
        ),
        group: "marketplace" as const,
      })),
  ];
}

function actions(deps: Deps): PaletteEntry[] {
  const { lightTheme, darkTheme, systemTheme, signOut } = paletteTexts;
  const theme = (text: Rankable, value: string, icon: ReactNode): PaletteEntry => ({
    ...text,
    id: `theme-${value}`,
    group: "actions",
    icon,
    run: () => deps.setTheme(value),
  });
  return [
    theme(lightTheme, "light", <Sun aria-hidden />),
    theme(darkTheme, "dark", <Moon aria-hidden />),
    theme(systemTheme, "system", <Monitor aria-hidden />),
    { ...signOut, id: "leave", group: "actions", icon: <LogOut aria-hidden />, run: () => void leave() },
  ];
}

function SmallIcon({ icon, title }: { icon: string | null; title: string }) {
  return <ModuleIcon src={icon} title={title} className="size-4 rounded-sm text-[0.625rem]" />;
}
