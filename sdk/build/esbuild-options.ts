import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { BuildOptions } from "esbuild";

const root = fileURLToPath(new URL("../../", import.meta.url));

export function fromRoot(path: string): string {
  return resolve(root, path);
}

const shared = {
  bundle: true,
  format: "esm",
  charset: "utf8",
  legalComments: "none",
  logLevel: "silent",
  tsconfigRaw: { compilerOptions: { jsx: "react-jsx", target: "ES2024" } },
  absWorkingDir: root,
} as const satisfies BuildOptions;

/** Names are kept, so that stack traces in module logs stay readable. */
export const nodeOptions = {
  ...shared,
  platform: "node",
  target: "node24",
  minifySyntax: true,
  minifyWhitespace: true,
  external: ["pg-native", "pg-cloudflare", "cloudflare:sockets"],
  // pg and what it needs are CommonJS; in an ES module their `require` of Node's own modules must exist.
  banner: { js: 'import{createRequire as __r}from"node:module";const require=__r(import.meta.url);' },
} as const satisfies BuildOptions;

export const browserOptions = {
  ...shared,
  platform: "browser",
  target: ["es2022"],
  minify: true,
  define: { "process.env.NODE_ENV": '"production"' },
} as const satisfies BuildOptions;
