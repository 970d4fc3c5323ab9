import type { ReactNode } from "react";
import { formatBytes, formatList, plural } from "@/components/ui/format";
import { rich } from "@/components/ui/rich";

export const texts = {
  forever: "Forever",
  deleted: (module: string) => `The data of ${module} was deleted`,
  delete: "Delete…",
  deleteTheDataOf: (module: string) => `Delete the data of ${module}`,
  keptKind: "In the database",
  exportedKind: "File",
  snapshotKind: "Snapshot",
  standingKind: "Former database",
  keptDataAndExports: "Kept data and exports",
  module: "Module",
  kind: "Kind",
  reason: "Reason",
  tables: "Tables",
  rows: "Rows",
  size: "Size",
  created: "Created",
  actions: "Actions",
  download: "Download",
  downloadTheDataOf: (module: string) => `Download the data of ${module}`,
  restore: "Restore…",
  restoreFromSnapshot: (module: string, version: string) => `Restore ${module} ${version} from this snapshot`,
  installAgain: "Install again",
  installAgainWithData: (module: string) => `Install ${module} again with its data`,
  retentionLegend: "How long snapshots and kept data are retained",
  snapshotsPerModule: "Snapshots per module",
  snapshotsPerModuleHint: "The newest are kept.",
  snapshotDays: "Days to keep snapshots",
  keptDays: "Days to keep data and files",
  save: "Save",
  administratorsOnly: "Only administrators can change this.",
  deleteNow: (count: number) => `Delete ${plural(count, "item")} now?`,
  deleteNowDescription: (count: number, modules: string[], bytes: number) =>
    `These settings permanently delete ${plural(count, "item")} of ${formatList(modules)} (${formatBytes(bytes)}) right away.`,
  saveAndDelete: (count: number) => `Save and delete ${plural(count, "item")}`,
  savedForLater: "Saved. A change is in progress; the new limits apply once it has finished.",
  saved: "Retention saved",
  savedAndDeleted: (count: number, bytes: number) =>
    `Retention saved; ${plural(count, "item")} deleted, ${formatBytes(bytes)} freed`,
  tablesOf: (title: string) => `Tables of ${title}`,
  table: "Table",
  share: "Share",
  data: "Data",
  description:
    "Data that uninstalled modules left behind, and the snapshots taken before upgrades, restores and deletions. Undo and History go back to them.",
  emptyExplanation:
    "When you uninstall a module, you choose whether its data is kept, exported to a file or deleted. Kept data is listed here, along with the snapshots taken before upgrades and deletions.",
  empty: "No kept data",
  retention: "Retention",
  deleteKeptDescription: (rows: number) => `The tables with ${plural(rows, "row")} are permanently deleted.`,
  deleteFileDescription: (rows: number) => `The file with ${plural(rows, "row")} is permanently deleted.`,
  deleteSnapshotDescription: (rows: number) =>
    `The snapshot with ${plural(rows, "row")} is permanently deleted. Going back can no longer restore these rows.`,
  retentionDescription:
    "What exceeds these limits is deleted automatically, every day and whenever a newer snapshot is taken. What is needed to undo the last change is always kept.",
  lastApplied: (time: ReactNode) => rich`Last applied ${time}.`,
  setBy: (time: ReactNode, actor: ReactNode) => rich`Set ${time} by ${actor}.`,
} as const;
