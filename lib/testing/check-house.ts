import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { findForeignTables, findLongFiles } from "./house-rules.ts";

// `npm run check:house`: what AGENTS.md states and no linter checks.

const patterns = ["--cached", "--others", "--exclude-standard", "--deduplicate", "-z", "*.ts", "*.tsx"];
const files = execFileSync("git", ["ls-files", ...patterns], { encoding: "utf8" })
  .split("\0")
  // One that was deleted is listed until that is committed.
  .filter((path) => path !== "" && existsSync(path))
  .map((path) => ({ path, text: readFileSync(path, "utf8") }));
const running = files.filter(
  ({ path }) =>
    /^(engine|lib|app|components|cli)\/|^server\.ts$/.test(path) && !/\.test\.|\/testing\//.test(path),
);
const found = [
  ...findLongFiles(files),
  ...findForeignTables(readFileSync("prisma/schema.prisma", "utf8"), running),
];
for (const line of found) console.error(line);
process.exit(found.length === 0 ? 0 : 1);
