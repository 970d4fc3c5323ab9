import { House } from "@/components/ui/icons";
import { ModuleIcon } from "@/components/ui/module-icon";
import type { Navigation } from "@/contract/navigation";
import { type AdminLink, adminGroupsFor, overviewLink } from "./admin-navigation";
import { NavGroup } from "./nav-group";
import { NavLink } from "./nav-link";
import { NewCount } from "./navigation-badges";
import { navigationTexts } from "./navigation-texts";
import { PluginPages } from "./plugin-pages";
import { texts } from "./texts";
import { UpgradeCount } from "./upgrade-count";

/**
 * The same list in the sidebar and, on a phone, in the sheet.
 * @param closedGroups as the cookie has them
 */
export function SidebarNav({ navigation, closedGroups }: { navigation: Navigation; closedGroups: string }) {
  const { admin, plugins } = navigation;
  return (
    <div className="grid content-start gap-3">
      <nav aria-label={texts.mainNavigation}>
        <ul className="grid gap-0.5">
          <li>
            <NavLink href="/" label={texts.home} icon={<House aria-hidden />} exact />
          </li>
          {plugins.map((plugin) => (
            <li key={plugin.name}>
              <NavLink
                href={plugin.pages[0]?.href ?? `/m/${plugin.name}`}
                label={plugin.title}
                badge={<NewCount pages={plugin.pages} />}
                icon={
                  <ModuleIcon
                    src={plugin.icon}
                    title={plugin.title}
                    className="size-4 rounded-sm border-0 text-xs"
                  />
                }
              />
              {plugin.pages.length > 1 && <PluginPages plugin={plugin} />}
            </li>
          ))}
        </ul>
      </nav>
      {admin && <AdminNav admin={admin} closedGroups={closedGroups} />}
    </div>
  );
}

type Admin = NonNullable<Navigation["admin"]>;

function AdminNav({ admin, closedGroups }: { admin: Admin; closedGroups: string }) {
  return (
    <nav aria-label={navigationTexts.administration} className="grid gap-2 border-t pt-3">
      <AdminEntry link={overviewLink} />
      {adminGroupsFor(admin).map((group) => {
        const upgrades = group.links.some(offersUpgrades) && <UpgradeCount count={admin.upgrades} />;
        return (
          <NavGroup
            key={group.id}
            id={group.id}
            label={group.label}
            covers={group.links.flatMap((link) => [link.href, ...(link.covers ?? [])])}
            closed={closedGroups}
            badge={upgrades}
          >
            {group.links.map((link) => (
              <li key={link.href}>
                <AdminEntry link={link} badge={offersUpgrades(link) && upgrades} />
              </li>
            ))}
          </NavGroup>
        );
      })}
    </nav>
  );
}

function offersUpgrades(link: AdminLink): boolean {
  return link.href === "/admin/upgrades";
}

function AdminEntry({ link, badge }: { link: AdminLink; badge?: React.ReactNode }) {
  return (
    <NavLink
      href={link.href}
      covers={link.covers}
      label={link.text.label}
      icon={<link.icon aria-hidden />}
      badge={badge}
    />
  );
}
