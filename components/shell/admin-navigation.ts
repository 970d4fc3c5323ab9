import {
  Activity,
  ArrowDownUp,
  Boxes,
  CircleArrowUp,
  Database,
  Flag,
  FlaskConical,
  Gauge,
  type IconComponent,
  LayoutDashboard,
  Mail,
  RotateCcwClock,
  ScrollText,
  Store,
  Users,
  UsersRound,
} from "@/components/ui/icons";
import { navigationTexts } from "./navigation-texts";
import type { Rankable } from "./rank-entries";

export interface AdminLink {
  text: Rankable;
  href: string;
  icon: IconComponent;
  /** For administrators only; operators see the others. */
  people?: boolean;
  /** Other addresses whose pages belong to this entry. */
  covers?: string[];
}

export interface AdminGroup {
  /** In the cookie that remembers which groups are closed. */
  id: string;
  label: string;
  links: AdminLink[];
}

const { groups, pages } = navigationTexts;

/** Stands above the groups. */
export const overviewLink: AdminLink = { text: pages.overview, href: "/admin", icon: Gauge };

/** Every other admin page, in the order of the sidebar and of the command palette. */
export const adminGroups: AdminGroup[] = [
  {
    id: "modules",
    label: groups.modules,
    links: [
      { text: pages.marketplace, href: "/admin/marketplace", icon: Store },
      { text: pages.installed, href: "/admin/modules", icon: Boxes, covers: ["/admin/access"] },
      { text: pages.upgrades, href: "/admin/upgrades", icon: CircleArrowUp },
      { text: pages.data, href: "/admin/data", icon: Database },
    ],
  },
  {
    id: "changes",
    label: groups.changes,
    links: [
      { text: pages.operations, href: "/admin/operations", icon: ArrowDownUp, covers: ["/admin/plans"] },
      { text: pages.history, href: "/admin/history", icon: RotateCcwClock },
      { text: pages.audit, href: "/admin/audit", icon: ScrollText, people: true },
    ],
  },
  {
    id: "insight",
    label: groups.insight,
    links: [{ text: pages.health, href: "/admin/health", icon: Activity }],
  },
  {
    id: "people",
    label: groups.people,
    links: [
      { text: pages.users, href: "/admin/users", icon: Users, people: true },
      { text: pages.groups, href: "/admin/groups", icon: UsersRound, people: true },
    ],
  },
  {
    id: "decisions",
    label: groups.decisions,
    links: [
      { text: pages.flags, href: "/admin/flags", icon: Flag, people: true },
      { text: pages.experiments, href: "/admin/experiments", icon: FlaskConical, people: true },
    ],
  },
  {
    id: "settings",
    label: groups.settings,
    links: [
      { text: pages.mail, href: "/admin/mail", icon: Mail, people: true },
      { text: pages.home, href: "/admin/home", icon: LayoutDashboard, people: true },
    ],
  },
];

/** The groups as somebody sees them who may (`people`) or may not open what is for administrators only. */
export function adminGroupsFor(viewer: { people: boolean }): AdminGroup[] {
  return adminGroups
    .map((group) => ({ ...group, links: group.links.filter((link) => viewer.people || !link.people) }))
    .filter((group) => group.links.length > 0);
}
