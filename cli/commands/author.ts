import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import { usageError } from "../cli-error.ts";
import { type AddCommands, answer, type CommandContext } from "../context.ts";
import { findHost } from "../find-host.ts";
import { type ScaffoldType, scaffold } from "../scaffold.ts";
import { count, formatBytes } from "../terminal.ts";

const types: ScaffoldType[] = ["module", "plugin", "widget", "integration"];

/** create, check, pack: they work without a host. */
export const addAuthorCommands: AddCommands = (program, context) => {
  program
    .command("create")
    .description("write a small module that works")
    .argument("<name>", "lower-case letters, digits and dashes")
    .option("--type <type>", types.join(", "), "plugin")
    .option("--publisher <name>", "who publishes it", "local")
    .option("--dir <path>", "where to; default: a folder with the module's name")
    .action((name: string, options) => create(context, name, options));

  program
    .command("check")
    .description("look for mistakes in a module's folder")
    .argument("[dir]", "folder of module.json", ".")
    .option("--json", "print the findings as JSON")
    .action(async (dir: string, { json }) => {
      const checked = await putIntoLayout(resolve(context.cwd, dir), null);
      answer({ terminal: context.terminal, json }, checked, showSummary(context, "is in order"));
    });

  program
    .command("pack")
    .description("write a module as an OCI image layout, ready for a registry")
    .argument("[dir]", "folder of module.json", ".")
    .option("-o, --output <dir>", "layout to write into; default: NAME-VERSION.oci here")
    .option("--json", "print the result as JSON")
    .action(async (dir: string, { output, json }) => {
      const packed = await putIntoLayout(resolve(context.cwd, dir), { cwd: context.cwd, output });
      answer({ terminal: context.terminal, json }, packed, showSummary(context, `is in ${packed.output}`));
    });
};

async function create(
  { terminal, cwd, env }: CommandContext,
  name: string,
  options: { type: string; publisher: string; dir?: string },
): Promise<void> {
  const type = types.find((known) => known === options.type);
  if (!type) throw usageError(`There is no type "${options.type}".`, `Use ${types.join(", ")}.`);
  const dir = resolve(cwd, options.dir ?? name);
  if ((await readdir(dir).catch(() => [])).length > 0)
    throw usageError(`${dir} is not empty.`, "Choose another --dir.");
  const files = scaffold({
    name,
    type,
    publisher: options.publisher,
    schema: schemaFor(dir, findHost(env, cwd)?.url),
  });
  const { readManifest } = await import("../../engine/supply/manifest/index.ts");
  await readManifest(files["module.json"] ?? "", new Set(Object.keys(files)));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text, { flag: "wx" });
  }
  terminal.out(`${name} is in ${dir}`);
  terminal.out(terminal.style("dim", `Offer it: GRAFT_CATALOGS=builtin,dir:${dirname(dir)} npm start`));
}

/** Within Graft's own checkout the file, which needs no host; elsewhere the address at a host, where one is known. */
function schemaFor(dir: string, hostUrl: string | undefined): string | null {
  const root = join(import.meta.dirname, "../..");
  if (dir.startsWith(`${root}${sep}`)) return relative(dir, join(root, "sdk/manifest/module.schema.json"));
  return hostUrl === undefined ? null : `${hostUrl}/schemas/module/v1.json`;
}

interface Packed {
  name: string;
  version: string;
  digest: string;
  files: Record<string, number>;
  bytes: number;
  /** Where the layout is; null for `check`. */
  output: string | null;
}

/** Builds the module where its sources need it, and puts it into a layout: `target`'s, or one thrown away. */
async function putIntoLayout(
  dir: string,
  target: { cwd: string; output?: string | undefined } | null,
): Promise<Packed> {
  const { readModuleFolder } = await import("../../engine/supply/catalog/index.ts");
  const { createModuleStore } = await import("../../engine/supply/store/index.ts");
  const temporary = await mkdtemp(join(tmpdir(), "graft-"));
  try {
    const ready = await build(dir, join(temporary, "built"));
    const { manifest, files } = await readModuleFolder(ready);
    const { name, version } = manifest;
    const output = target && resolve(target.cwd, target.output ?? `${name}-${version}.oci`);
    const stored = await createModuleStore(output ?? join(temporary, "layout")).putModule(files, manifest);
    const sizes = Object.entries(stored.files).map(([path, { size }]) => [path, size]);
    return {
      name,
      version,
      digest: stored.digest,
      files: Object.fromEntries(sizes),
      bytes: stored.size,
      output,
    };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** TypeScript sources are bundled as Graft's own modules are; a folder of plain files is a module already. */
async function build(dir: string, outDir: string): Promise<string> {
  const source = await realpath(dir).catch(() => {
    throw usageError(`There is no folder ${dir}.`);
  });
  const isFile = async (path: string) => (await readFile(join(source, path)).catch(() => null)) !== null;
  const pages = (await readdir(join(source, "client"), { recursive: true }).catch(() => [])).filter((path) =>
    path.endsWith(".html"),
  );
  const htmls = await Promise.all(pages.map((page) => readFile(join(source, "client", page), "utf8")));
  const typed = htmls.some((html) => /<script[^>]+src="[^"]+\.tsx?"/.test(html));
  const bundled = (await isFile("server/index.ts")) && !(await isFile("server/index.mjs"));
  if (!(await isFile("module.json")) || (!typed && !bundled)) return source;
  // The manifest first: its problems are located, while the build would only name the file.
  const { readManifest } = await import("../../engine/supply/manifest/index.ts");
  await readManifest(await readFile(join(source, "module.json")));
  const { buildModule } = await import("../../sdk/build/index.ts");
  await buildModule(source, outDir);
  return outDir;
}

function showSummary({ terminal }: CommandContext, outcome: string): (packed: Packed) => void {
  return ({ name, version, digest, files, bytes }) => {
    const paths = Object.entries(files);
    for (const [path, size] of paths) terminal.out(`  ${path}  ${terminal.style("dim", formatBytes(size))}`);
    terminal.out(`${name} ${version} ${outcome}: ${count(paths.length, "file")}, ${formatBytes(bytes)}`);
    terminal.out(terminal.style("dim", digest));
  };
}
