import { join } from "node:path";
import { build } from "esbuild";
import { browserOptions, fromRoot, nodeOptions } from "./esbuild-options.ts";
import { isCurrent, markCurrent } from "./remember-inputs.ts";

/**
 * Bundles what module processes and frames load: `sdk/dist/server.js` and `sdk/dist/client.js`, each one file.
 * @returns whether anything had to be built
 */
export async function buildSdk(outDir = fromRoot("sdk/dist")): Promise<boolean> {
  const inputs = [
    fromRoot("sdk/server"),
    fromRoot("sdk/client"),
    fromRoot("sdk/build"),
    fromRoot("package-lock.json"),
  ];
  const stamp = join(outDir, ".inputs");
  if (await isCurrent(stamp, inputs)) return false;
  await build({
    ...nodeOptions,
    entryPoints: [fromRoot("sdk/server/index.ts")],
    outfile: join(outDir, "server.js"),
  });
  await build({
    ...browserOptions,
    entryPoints: [fromRoot("sdk/client/index.ts")],
    outfile: join(outDir, "client.js"),
  });
  await markCurrent(stamp, inputs);
  return true;
}
