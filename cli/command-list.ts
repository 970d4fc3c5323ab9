import type { AddCommands } from "./context.ts";

/**
 * Which file has which commands: a call loads the one it needs, not all of them (a command would cost twice the processor time).
 * Without a known command all are loaded, for the help and for suggestions.
 */
export const commandFiles: { names: string[]; load(): Promise<AddCommands> }[] = [
  {
    names: ["search", "show", "list", "health", "restart", "time-limit", "logs", "audit"],
    load: async () => (await import("./commands/look.ts")).addLookCommands,
  },
  {
    names: ["access", "rollout"],
    load: async () => (await import("./commands/access.ts")).addAccessCommands,
  },
  {
    names: ["plan", "install", "upgrade", "uninstall", "rollback", "apply"],
    load: async () => (await import("./commands/change.ts")).addChangeCommands,
  },
  {
    names: ["operations"],
    load: async () => (await import("./commands/operations.ts")).addOperationsCommand,
  },
  {
    names: ["attention"],
    load: async () => (await import("./commands/attention.ts")).addAttentionCommand,
  },
  {
    names: ["history"],
    load: async () => (await import("./commands/history.ts")).addHistoryCommands,
  },
  {
    names: ["outdated", "auto-upgrade"],
    load: async () => (await import("./commands/upgrades.ts")).addUpgradeCommands,
  },
  {
    names: ["users"],
    load: async () => (await import("./commands/users.ts")).addUserCommands,
  },
  {
    names: ["groups"],
    load: async () => (await import("./commands/groups.ts")).addGroupCommands,
  },
  {
    names: ["tokens"],
    load: async () => (await import("./commands/tokens.ts")).addTokenCommands,
  },
  {
    names: ["setup", "me"],
    load: async () => (await import("./commands/account.ts")).addAccountCommands,
  },
  {
    names: ["home"],
    load: async () => (await import("./commands/home.ts")).addHomeCommands,
  },
  {
    names: ["notifications"],
    load: async () => (await import("./commands/notifications.ts")).addNotificationCommands,
  },
  {
    names: ["flags"],
    load: async () => (await import("./commands/flags.ts")).addFlagCommands,
  },
  {
    names: ["experiments"],
    load: async () => (await import("./commands/experiments.ts")).addExperimentsCommand,
  },
  {
    names: ["backup", "restore"],
    load: async () => (await import("./commands/backup.ts")).addBackupCommands,
  },
  {
    names: ["module"],
    load: async () => (await import("./commands/module-data.ts")).addModuleDataCommands,
  },
  {
    names: ["mail"],
    load: async () => (await import("./commands/mail.ts")).addMailCommands,
  },
  {
    names: ["data"],
    load: async () => (await import("./commands/data.ts")).addDataCommands,
  },
  {
    names: ["doctor"],
    load: async () => (await import("./commands/doctor.ts")).addDoctorCommand,
  },
  {
    names: ["create", "check", "pack"],
    load: async () => (await import("./commands/author.ts")).addAuthorCommands,
  },
];
