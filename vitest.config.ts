import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@graft\/sdk\/(\w+)$/, replacement: resolve(import.meta.dirname, "sdk/$1/index.ts") },
      { find: /^@\//, replacement: `${import.meta.dirname}/` },
    ],
  },
  test: {
    include: ["{contract,engine,lib,sdk,cli,components,app,modules,bench}/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", "**/.built/**"],
    globalSetup: ["engine/module-data/testing/global-setup.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A machine shared with others may take its time; what is waited for comes, or it does not.
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2,
  },
});
