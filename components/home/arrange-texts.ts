import { plural } from "@/components/ui/format";

/** Arranging a home, one’s own or a group’s. */
export const texts = {
  theWidget: "The widget",
  widgetRemoved: (title: string) => `${title} was removed.`,
  addWidget: "Add widget",
  moveWidget: (title: string) => `Move ${title}`,
  rowsHigh: (count: number) => plural(count, "row"),
  autoHeight: "Auto",
  setByAdministrator: "Set by an administrator",
  lockWidget: (title: string) => `Lock ${title}`,
  locked: "Locked: nobody can move or remove it",
  lockForGroup: "Lock for everyone in the group",
  fitContentOf: (title: string) => `Fit ${title} to its content`,
  fitContent: "Fit to content",
  settingsOf: (title: string) => `Settings of ${title}`,
  settings: "Settings",
  removeWidget: (title: string) => `Remove ${title}`,
  remove: "Remove",
  fromModule: (module: string) => `From ${module}`,

  // Read out while a widget is moved with the keyboard
  cannotMoveFurther: "It cannot go any further.",
  keysExplained: "Use the arrow keys to move it. Hold Shift to resize it.",
  keysExplainedNarrow: "Use the up and down arrow keys to move it. Hold Shift to change its height.",
  nowHigh: (rows: number) => `${plural(rows, "row")} high.`,
  nowNumber: (place: number, count: number) => `Now number ${place} of ${count}.`,
  nowSized: (width: number, columns: number, rows: number) =>
    `${width} of ${columns} columns wide, ${plural(rows, "row")} high.`,
  nowAt: (column: number, row: number) => `Column ${column}, row ${row}.`,
  settingsExplained: "These apply to this widget only; others of its kind have their own.",
  cancel: "Cancel",
  save: "Save",

  // The gallery
  addAWidget: "Add a widget",
  addExplained: "New widgets are added at the bottom. You can move them from there.",
  timesOnHome: (count: number) =>
    count === 0 ? "Not on the home" : count === 1 ? "Once on the home" : `${count} times on the home`,
  add: "Add",
  addNamed: (title: string) => `Add ${title}`,
  added: (title: string) => `${title} was added.`,
} as const;
