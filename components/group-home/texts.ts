/** What members of a group, or everyone, find on their home at first. */
export const texts = {
  everyoneStartsWithAll: "Everyone starts with every widget they have access to again.",
  groupStartsWithAll: (group: string) =>
    `Members of ${group} start with every widget they have access to again.`,
  everyoneStartsWithThis: "Everyone starts with this home now.",
  groupStartsWithThis: (group: string) => `Members of ${group} start with this home now.`,
  notForEveryone: "Not everyone has access to it",
  notForGroup: (group: string) => `${group} does not have access to it`,
  removeDefault: "Remove the default",
  notSaved: "Not saved yet",
  saveForEveryone: "Save for everyone",
  saveForGroup: "Save for the group",
  previewEmpty: "This home is empty",
  previewEmptyHint: "They have no access to any widget, or removed them all.",
  locked: "Locked",
  fromModule: (module: string) => `From ${module}`,

  // The pages
  homeOfEveryone: "Default home",
  groups: "Groups",
  homeOfEveryoneExplained:
    "What people start with, and which widgets they cannot move. A group with a home of its own uses that instead.",
  preview: "Preview",
  previewExplained: "What is saved, as someone in no group sees it.",
  homeOf: (name: string) => `Home of ${name}`,
  homeOfGroupExplained:
    "What members start with, and which widgets they cannot move. People in several groups with a home get that of the first group by key.",
  previewOfGroupExplained: "What is saved, as one of the members sees it.",
  previewAs: "Preview as",
  newMember: "A new member",
} as const;
