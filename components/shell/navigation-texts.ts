import type { Rankable } from "./rank-entries";

/**
 * Every entry of the administration's navigation: its label, and the other words the palette finds it by, synonyms
 * included. Apart from `texts.ts`, because members' pages load that and never these.
 */
export const navigationTexts = {
  administration: "Administration",
  groups: {
    modules: "Modules",
    changes: "Changes",
    insight: "Insight",
    people: "People",
    decisions: "Decisions",
    settings: "Settings",
  },
  pages: {
    overview: { label: "Overview", keywords: "admin dashboard status summary" },
    marketplace: {
      label: "Marketplace",
      keywords: "store shop catalog catalogue plugins extensions apps widgets install add browse search",
    },
    installed: {
      label: "Installed",
      keywords:
        "modules plugins extensions apps widgets integrations uninstall remove access permissions settings",
    },
    upgrades: {
      label: "Upgrades",
      keywords: "updates outdated new versions automatic maintenance window schedule patch hold pin",
    },
    data: {
      label: "Data",
      keywords:
        "backups restore export download kept snapshots retention tables rows storage disk space database",
    },
    operations: {
      label: "Operations",
      keywords: "changes runs jobs tasks progress installs deployments steps failed",
    },
    history: {
      label: "History",
      keywords: "generations rollback roll back revert undo restore compare diff timeline versions",
    },
    audit: { label: "Audit", keywords: "log trail who did what activity events security compliance csv" },
    health: {
      label: "Health",
      keywords: "status uptime latency monitoring metrics errors requests memory logs restart performance",
    },
    users: {
      label: "Users",
      keywords:
        "people accounts members invite invitation administrators operators roles deactivate password",
    },
    groups: { label: "Groups", keywords: "people teams departments members access permissions" },
    flags: {
      label: "Flags",
      keywords: "feature toggles switches kill switch rollout percentage targeting canary release",
    },
    experiments: {
      label: "Experiments",
      keywords: "a/b ab split test tests testing variants winner goals conversion statistics",
    },
    mail: {
      label: "E-mail",
      keywords: "mail email smtp server sender outgoing delivery queue notifications test message",
    },
    home: {
      label: "Default home",
      keywords: "homepage start page dashboard layout widgets everyone arrange board locked",
    },
  },
} satisfies {
  administration: string;
  groups: Record<string, string>;
  pages: Record<string, Rankable>;
};
