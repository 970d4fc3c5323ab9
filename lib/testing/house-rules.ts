/** Rules that no linter knows, on files that were read; each finding is a line for whoever broke one. */
export interface SourceFile {
  path: string;
  text: string;
}

const linesMax = 350;

export function findLongFiles(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const lines = text.split("\n").length - 1;
    return lines > linesMax ? [`${path} has ${lines} lines; ${linesMax} are the most.`] : [];
  });
}

interface HostTable {
  table: string;
  /** As Prisma's client names it. */
  model: string;
  room: string;
}

/** Rooms that read a table of another one, and why they must. */
const alsoRead: Record<string, Record<string, string>> = {
  supply: {
    host_state: "the registry reads the set of modules and its number in one statement",
    modules: "the registry reads the set of modules and its number in one statement",
  },
  engagement: { users: "a row for a user who is gone meanwhile is left out by the statement that writes it" },
};

/** Tables of the host that code of a room names, in SQL or through Prisma, though they are another room's. */
export function findForeignTables(schema: string, files: readonly SourceFile[]): string[] {
  const tables = readTables(schema);
  return files.flatMap(({ path, text }) => {
    const room = path.match(/^engine\/([^/]+)\//)?.[1] ?? path;
    return tables
      .filter((one) => one.room !== room && alsoRead[room]?.[one.table] === undefined)
      .filter(({ table, model }) =>
        new RegExp(`\\bgraft\\.${table}\\b|\\b(?:prisma|tx)\\.${model}\\b`).test(text),
      )
      .map(({ table, room }) => `${path} names ${table}, which is ${room}'s; ask that room.`);
  });
}

/** The room is the first word of the heading that a model stands under. */
function readTables(schema: string): HostTable[] {
  const [, ...sections] = schema.split(/^\/\/ ---- /m);
  return sections.flatMap((section) => {
    const room = section.match(/^[\w-]+/)?.[0] ?? "";
    return [...section.matchAll(/^model (\w)(\w*) \{[\s\S]*?@@map\("(\w+)"\)/gm)].map(
      ([, first = "", rest = "", table = ""]) => ({ table, model: first.toLowerCase() + rest, room }),
    );
  });
}
