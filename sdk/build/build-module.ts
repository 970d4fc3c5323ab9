import { copyFile, cp, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { manifestSchema } from "../manifest/index.ts";
import { browserOptions, fromRoot, nodeOptions } from "./esbuild-options.ts";
import { isCurrent, listFiles, markCurrent } from "./remember-inputs.ts";

const copied = ["README.md", "CHANGELOG.md", "LICENSE", "assets", "prisma", "openapi", "settings"];

/**
 * Makes a module that Graft can install from a module's sources: `server/index.ts` becomes `server/index.mjs`, each
 * `client/*.html` gets its script and styles as files beside it; manifest, papers, assets, migrations are copied.
 * `outDir` is replaced as a whole, at the end. @returns whether anything had to be built
 * @throws naming the file when the manifest or a source is wrong
 */
export async function buildModule(dir: string, outDir: string): Promise<boolean> {
  const inputs = [
    dir,
    fromRoot("sdk/client"),
    fromRoot("sdk/preact"),
    fromRoot("sdk/build"),
    fromRoot("package-lock.json"),
  ];
  // Beside the module, not in it: every file inside is part of what its digest names.
  const stamp = join(dirname(outDir), `.${basename(outDir)}.inputs`);
  if ((await exists(outDir)) && (await isCurrent(stamp, inputs))) return false;
  const draft = join(dirname(outDir), `.${basename(outDir)}.building`);
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  try {
    await copyManifest(dir, draft);
    for (const name of copied) {
      if (await exists(join(dir, name))) await cp(join(dir, name), join(draft, name), { recursive: true });
    }
    await buildServer(dir, draft);
    await buildClient(dir, draft);
    await rm(outDir, { recursive: true, force: true });
    await rename(draft, outDir);
    await markCurrent(stamp, inputs);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return true;
}

async function copyManifest(dir: string, outDir: string): Promise<void> {
  const file = join(dir, "module.json");
  const manifest: unknown = JSON.parse(await readFile(file, "utf8"));
  const parsed = manifestSchema.safeParse(manifest);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`${file} is not a valid manifest:\n${problems.join("\n")}`);
  }
  const { $schema: _editorsOnly, ...published } = manifest as Record<string, unknown>;
  await writeFile(join(outDir, "module.json"), `${JSON.stringify(published, null, 2)}\n`);
}

async function buildServer(dir: string, outDir: string): Promise<void> {
  const entry = join(dir, "server/index.ts");
  if (!(await exists(entry))) return;
  await build({
    ...nodeOptions,
    entryPoints: [entry],
    outfile: join(outDir, "server/index.mjs"),
    external: [...nodeOptions.external, "@graft/sdk/server"],
  });
}

async function buildClient(dir: string, outDir: string): Promise<void> {
  const clientDir = join(dir, "client");
  if (!(await exists(clientDir))) return;
  for (const page of (await listFiles(clientDir)).filter((file) => file.endsWith(".html"))) {
    await buildPage(join(clientDir, page), join(outDir, "client", page));
  }
}

/** The host's typeface, from the module's own files: a frame may load no others. */
const font = "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2";
const fontFace =
  '@font-face{font-family:"Inter Variable";font-weight:100 900;font-display:swap;src:url("./inter.woff2") format("woff2")}';

/** The page's `<script type="module" src>` is bundled, and its CSS linked, beside it. */
async function buildPage(source: string, target: string): Promise<void> {
  const html = await readFile(source, "utf8");
  const script = /<script\s+type="module"\s+src="([^"]+\.tsx?)"\s*>\s*<\/script>/;
  const entry = script.exec(html)?.[1];
  await mkdir(dirname(target), { recursive: true });
  if (!entry) {
    await writeFile(target, html);
    return;
  }
  const name = basename(target, ".html");
  const result = await build({
    ...browserOptions,
    entryPoints: { [name]: join(dirname(source), entry) },
    outdir: dirname(target),
    alias: {
      "@graft/sdk/client": fromRoot("sdk/client/index.ts"),
      "@graft/sdk/preact": fromRoot("sdk/preact/index.ts"),
    },
    metafile: true,
  });
  const styles = Object.keys(result.metafile.outputs).some((file) => file.endsWith(".css"));
  await copyFile(fileURLToPath(import.meta.resolve(font)), join(dirname(target), "inter.woff2"));
  const links = `<style>${fontFace}</style>\n    ${styles ? `<link rel="stylesheet" href="./${name}.css">\n    ` : ""}<script type="module" src="./${name}.js"></script>`;
  await writeFile(
    target,
    html.replace(script, () => links),
  );
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
