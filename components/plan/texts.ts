import type { ReactNode } from "react";
import { formatBytes, formatList, formatNumber, plural } from "@/components/ui/format";
import { rich } from "@/components/ui/rich";

export const texts = {
  accessTitle: "Who will have access",
  acceptPermissions: (title: string, count: number) =>
    `I accept ${plural(count, "new permission")} for ${title}`,
  notNow: "Not now",
  keepData: "Keep the data",
  keepDataDescription:
    "The tables stay in the database, out of reach. Installing the module again offers them.",
  exportData: "Export, then remove",
  exportDataDescription:
    "The rows are written to a file you can download, and the tables are removed. A snapshot is kept as well.",
  deleteData: "Delete the data",
  deleteDataDescription:
    "The tables and all their rows are removed. A snapshot stays under Data until it is deleted.",
  added: "New",
  upgrade: "Upgrade",
  settings: "Settings",
  removed: "Removed",
  unchanged: "Unchanged",
  dependencyGraph: "Dependency graph",
  needs: (modules: string[]) => `, needs ${formatList(modules)}`,
  reasonAt: (reason: string, migration: string, line: number) => `${reason} (${migration}, line ${line})`,
  tablesOf: (title: string) => `Tables of ${title}`,
  table: "Table",
  rows: "Rows",
  size: "Size",
  notInOlderVersion: (module: string) => `Not in the older version of ${module}`,
  lost: "Lost",
  kind: "Kind",
  rowsWithData: "Rows with data",
  column: "Column",
  permissionRemoved: "Removed",
  rollback: (generation: number) => `Go back to generation ${generation}`,
  restore: (title: string) => `Restore the data of ${title}`,
  changeModule: (count: number) => `Change ${plural(count, "module")}`,
  restoreSettingsOf: (title: string) => `Restore the settings of ${title}`,
  uninstallAndDelete: (deleted: string[]) => `Uninstall ${formatList(deleted)} and delete the data`,
  applyChange: (count: number) => `Apply ${plural(count, "change")}`,
  linesAdapted: (count: number) => `${plural(count, "line")} adapted to the module's own schema`,
  notRun: "+ (not run)",
  accessAndSettings: "Access and settings",
  keepSettings: "Keep them as they are",
  keepSettingsDescription:
    "Who has access to these modules, and how they are configured, stays as it is now.",
  restoreSettings: "Restore them too",
  restoreSettingsDescription:
    "Along with everything else, or not at all. Undo brings back what is there now.",
  sqlOf: (migration: string) => `SQL of ${migration}`,
  losesData: "Loses data",
  breaking: "Breaking",
  slow: "Slow",
  additive: "Additive",
  quick: "Quick on this data",
  lineNumber: (line: number) => `Line ${line}:`,
  whatIsNew: "What's new",
  dataOf: (title: string) => `Data of ${title}`,
  keepNewerData: "Keep newer data",
  keepNewerDataDescription: (losses: string) => `Only the schema goes back. ${losses}`,
  snapshotChoice: "Go back to the snapshot",
  snapshotChoiceDescription: (rows: number, current: number) =>
    `${plural(rows, "row")} instead of the current ${formatNumber(current)}. Everything written since is lost.`,
  additionsKept: "What the newer version added is kept, but unused.",
  noDataLost: "No data is lost.",
  entriesLost: (rows: number) =>
    `Data in newer tables and columns is lost: ${plural(rows, "entry", "entries")}.`,
  dataKeptFromVersion: (title: string, version: string) => `Data kept from ${title} ${version}`,
  dataKeptFrom: (title: string) => `Data kept from ${title}`,
  reuseData: "Use the kept data",
  reuseDataDescription: "The module continues where it left off.",
  startEmpty: "Start empty",
  startEmptyDescription: "The kept data is permanently deleted.",
  plan: "Plan",
  whatWillBeLost: "What will be lost",
  modules: "Modules",
  modulesDescription: "What changes, and what it depends on. Arrows point to what is needed.",
  accessDescription: "You can change this at any time, for the module and for each of its widgets.",
  changedPermissions: "Changed permissions",
  changedPermissionsDescription: "Compared with the installed version.",
  permissions: "What it will be allowed to do",
  sql: "SQL",
  sqlDescription:
    "Exactly this runs, as the module's own role, in one transaction. If any of it fails, none of it takes effect.",
  history: "History",
  marketplace: "Marketplace",
  alreadyAppliedExplanation: "It is shown as it was computed. To do the same again, make a new plan.",
  alreadyApplied: "This plan was applied",
  seeOperation: "See the operation",
  staleExplanation:
    "Applying it could now do something other than what it shows, so it can no longer be applied.",
  stale: "The host has changed since this plan was made",
  createNewPlan: "Create a new plan",
  blockedExplanation: "It can be uninstalled once they are gone.",
  blocked: (module: string, neededBy: string[]) => `${module} is needed by ${formatList(neededBy)}`,
  planUninstallOfDependents: "Plan to uninstall them too",
  leftOut: (title: string, from: string, to: string) => `${title} ${from} → ${to} is left out`,
  accessAndSettingsDescription:
    "What has changed since then in the modules that stay, as now → then. Secrets stay as they are, because generations do not hold them.",
  settingsOf: (title: string) => `Settings of ${title}`,
  settingsAtInstall: "It starts with these. You can change them at any time.",
  settingsAtUpgrade: "What becomes of the settings it has. Other values can be given here, or later.",
  settingsMissing: (title: string, keys: string[]) =>
    keys.length === 0
      ? `${title} cannot start with these settings.`
      : `${title} needs ${formatList(keys)} before it can start.`,
  settingsByAdministrators: (title: string) =>
    `${title} needs settings that only administrators can give. Ask an administrator to make this plan.`,
  settingsFirst: (title: string) => `First fill in the settings of ${title}`,
  useSettings: "Use these settings",
  useSettingsNote: "The plan is made again with them. Nothing is installed yet.",
  settingRemoved: "Removed",
  settingReset: "Reset",
  settingConverted: "Converted",
  settingRestored: "Restored",
  settingMigrated: "Migrated",
  settingAdded: "New",
  settingRemovedText: (value: string) =>
    `This version has no such setting. ${value} is kept in case a version has it again.`,
  settingResetText: (value: string, reason: string, now: string | null) =>
    `${value} ${reason}. ${now === null ? "It is not set any more" : `The default, ${now}, takes its place`}; the value is kept for a version that accepts it.`,
  settingConvertedText: (value: string, reason: string, now: string) =>
    `${value} ${reason}, so it becomes ${now}.`,
  settingRestoredText: (value: string) => `${value} was kept from an earlier version.`,
  notSet: "not set",
  losses: {
    export: (module: ReactNode, amount: ReactNode) =>
      rich`The data of ${module} (${amount}) is written to a file you can download, then removed from the database.`,
    delete: (module: ReactNode, amount: ReactNode) =>
      rich`The data of ${module} (${amount}) is deleted. Only its snapshot can bring it back, for as long as that is kept.`,
    fresh: (module: ReactNode, amount: ReactNode) =>
      rich`The data kept from ${module} (${amount}) is deleted, and the module starts empty.`,
    migration: (module: ReactNode, amount: ReactNode) =>
      rich`The data of ${module} (${amount}) is changed by statements that can lose some of it.`,
  },
  amount: (rows: number, bytes: number) => `${plural(rows, "row")}, ${formatBytes(bytes)}`,
  typeToDelete: (name: ReactNode) => rich`Type ${name} to delete its data`,
  installModules: (count: number) => `Install ${plural(count, "module")}`,
  upgradeModules: (count: number) => `Upgrade ${plural(count, "module")}`,
  uninstallModules: (count: number) => `Uninstall ${plural(count, "module")}`,
  installModule: (title: string) => `Install ${title}`,
  installVersion: (title: string, version: string) => `Install ${title} ${version}`,
  upgradeModule: (title: string) => `Upgrade ${title}`,
  upgradeToVersion: (title: string, version: string) => `Upgrade ${title} to ${version}`,
  uninstallModule: (title: string) => `Uninstall ${title}`,
  newerDataNotPossible: (reason: string) => `Newer data cannot be kept: ${reason}.`,
  additionsKeptBecause: (reason: string) => `What the newer version added is kept, but unused: ${reason}.`,
  snapshotTakenFirst: "A snapshot of the current data is taken first.",
  snapshotTaken: (time: ReactNode) =>
    rich`The snapshot was taken ${time}. Whichever you choose, another one of the current data is taken first.`,
  keptDataAmount: (
    { tables, rows, bytes }: { tables: number; rows: number; bytes: number },
    time: ReactNode,
  ) => rich`${plural(tables, "table")}, ${plural(rows, "row")}, ${formatBytes(bytes)}, kept ${time}.`,
  lineCount: (count: number) => plural(count, "line"),
  planDescription: (generation: ReactNode, author: ReactNode, time: ReactNode) =>
    rich`This is a plan: nothing has happened yet. Computed on generation ${generation} by ${author}, ${time}.`,
  summary: (modules: number, migrations: number) =>
    `${plural(modules, "module")}, ${migrations === 0 ? "no SQL" : plural(migrations, "migration")}. You can undo this.`,
  summaryWithDeletion: (modules: number, migrations: number) =>
    `${plural(modules, "module")}, ${migrations === 0 ? "no SQL" : plural(migrations, "migration")}. You can undo this, except for the deleted data.`,
} as const;
