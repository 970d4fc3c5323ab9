/** Forms made from a JSON Schema. */
export const texts = {
  notChosen: "Not chosen",
  inZone: (zone: string) => `In ${zone}.`,
  hintInZone: (hint: string, zone: string) => `${hint} In ${zone}.`,
  notJson: "This is not valid JSON.",
  removeEntry: (entry: string) => `Remove ${entry}`,
  entryNumber: (number: number) => `entry ${number}`,
  add: "Add",
  asJson: "As JSON.",
  replace: "Replace",
  hide: "Hide",
  show: "Show",
  keepStored: "Keep the stored one",
} as const;
