import {
  Activity,
  ArrowDownUp,
  Boxes,
  CircleArrowUp,
  Database,
  Flag,
  FlaskConical,
  Gauge,
  History,
  type LucideIcon,
  Mail,
  ScrollText,
  Store,
  Users,
  UsersRound,
} from "lucide-react";

export interface AdminLink {
  label: string;
  href: string;
  icon: LucideIcon;
  /** For administrators only. */
  people?: boolean;
  /** More words the command palette finds it by. */
  keywords: string;
}

/** Every admin page, in the order of the sidebar and of the command palette. */
export const adminLinks: AdminLink[] = [
  { label: "Overview", href: "/admin", icon: Gauge, keywords: "admin dashboard status well" },
  { label: "Marketplace", href: "/admin/marketplace", icon: Store, keywords: "install catalog find add" },
  { label: "Modules", href: "/admin/modules", icon: Boxes, keywords: "installed plugins widgets access" },
  {
    label: "Updates",
    href: "/admin/updates",
    icon: CircleArrowUp,
    keywords: "upgrade outdated versions automatic window patch",
  },
  { label: "Health", href: "/admin/health", icon: Activity, keywords: "latency uptime monitoring status" },
  { label: "Operations", href: "/admin/operations", icon: ArrowDownUp, keywords: "progress installs runs" },
  { label: "History", href: "/admin/history", icon: History, keywords: "generations rollback undo back" },
  { label: "Data", href: "/admin/data", icon: Database, keywords: "kept exports download backup" },
  { label: "Users", href: "/admin/users", icon: Users, people: true, keywords: "people invite accounts" },
  { label: "Groups", href: "/admin/groups", icon: UsersRound, people: true, keywords: "teams people" },
  {
    label: "Flags",
    href: "/admin/flags",
    icon: Flag,
    people: true,
    keywords: "features rollout percentage kill switch",
  },
  {
    label: "Experiments",
    href: "/admin/experiments",
    icon: FlaskConical,
    people: true,
    keywords: "compare variants test winner figures",
  },
  {
    label: "E-mail",
    href: "/admin/mail",
    icon: Mail,
    people: true,
    keywords: "smtp mail server notifications test queue",
  },
  { label: "Audit", href: "/admin/audit", icon: ScrollText, people: true, keywords: "log who did what" },
];
