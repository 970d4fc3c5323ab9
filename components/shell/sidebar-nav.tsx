import { House } from "lucide-react";
import { ModuleIcon } from "@/components/ui/module-icon";
import type { Navigation } from "@/lib/navigation";
import { adminLinks } from "./admin-links";
import { NavLink } from "./nav-link";
import { NewCount } from "./navigation-badges";
import { PluginPages } from "./plugin-pages";
import { UpdateCount } from "./update-count";

/** The same list in the sidebar and, on a phone, in the sheet. */
export function SidebarNav({ navigation }: { navigation: Navigation }) {
  const { admin, plugins } = navigation;
  const links = adminLinks.filter((link) => !link.people || admin?.people);
  return (
    <nav aria-label="Main" className="grid content-start gap-5">
      <ul className="grid gap-0.5">
        <li>
          <NavLink href="/" label="Home" icon={<House aria-hidden />} exact />
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
      {admin && (
        <div className="grid gap-1">
          <p className="px-2 text-xs font-medium text-muted-foreground narrow:sr-only">Administration</p>
          <ul className="grid gap-0.5">
            {links.map((link) => (
              <li key={link.href}>
                <NavLink
                  href={link.href}
                  label={link.label}
                  icon={<link.icon aria-hidden />}
                  badge={link.href === "/admin/updates" && <UpdateCount count={admin.updates} />}
                />
              </li>
            ))}
          </ul>
        </div>
      )}
    </nav>
  );
}
