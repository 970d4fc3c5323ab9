import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// `npm run copy:icons`: of Lucide (1,700 icons, 51 MB) those that pages import from components/ui/icons, as files there.

const ownFiles = ["create-icon.tsx", "LICENSE", "package.json"];
const imports = /import (?:type )?\{([^}]*)\} from "(?:@\/components\/ui|\.\.?)\/icons"/g;

/** What sources import of the icons, without types. */
export function findIconNames(sources: readonly string[]): string[] {
  const names = sources
    .flatMap((source) => [...source.matchAll(imports)])
    .flatMap(([, list = ""]) => list.split(",").map((part) => part.trim()))
    .filter((part) => /^[A-Z]/.test(part) && part !== "IconComponent")
    .map((part) => part.replace(/ as .*/, ""));
  return [...new Set(names)].sort();
}

/** The files of components/ui/icons for these icons: their texts by their names. */
export async function makeIconFiles(names: readonly string[]): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const name of names) files.set(`${kebab(name)}.ts`, await iconFile(name));
  const exported = names.map((name) => `export { ${name} } from "./${kebab(name)}.ts";`);
  files.set(
    "index.ts",
    ['export type { IconComponent } from "./create-icon.tsx";', ...exported, ""].join("\n"),
  );
  return files;
}

async function iconFile(name: string): Promise<string> {
  const file = kebab(name);
  const found = (await import(`lucide-react/icons/${file}`).catch(() => null)) as {
    __iconData?: { node: [tag: string, attributes: Record<string, string>][] };
  } | null;
  if (found?.__iconData === undefined)
    throw new Error(`Lucide has no icon ${name}, or it is only another name for one.`);
  const shapes = found.__iconData.node.map(([tag, { key: _, ...attributes }]) => [tag, attributes]);
  return [
    'import { createIcon } from "./create-icon.tsx";',
    "",
    `/** Lucide's ${file}. */`,
    `export const ${name} = /* @__PURE__ */ createIcon(${JSON.stringify(shapes)});`,
    "",
  ].join("\n");
}

/** `CircleCheck` is `circle-check`, `Undo2` is `undo-2`. */
function kebab(name: string): string {
  return name
    .replaceAll(/([a-z])([A-Z0-9])/g, "$1-$2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
}

function readSources(root: string): string[] {
  return ["app", "components"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => readFileSync(join(root, folder, file), "utf8")),
  );
}

if (import.meta.main) {
  const root = join(import.meta.dirname, "..");
  const folder = join(root, "components/ui/icons");
  const files = await makeIconFiles(findIconNames(readSources(root)));
  for (const file of readdirSync(folder))
    if (!ownFiles.includes(file) && !files.has(file)) rmSync(join(folder, file));
  for (const [file, text] of files) writeFileSync(join(folder, file), text);
  const biome = join(root, "node_modules/.bin/biome");
  if (existsSync(biome)) execFileSync(biome, ["check", "--write", folder], { stdio: "inherit" });
  console.log(`${files.size - 1} icons in components/ui/icons.`);
}
