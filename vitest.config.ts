import { resolve } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const long = [/\/(walk|crash[\w-]*|connection-cut|cycles)\.int\.test\.ts$/, /\.int\.test\.ts$/];

/** One that begins last keeps a worker waiting. Without notes of an earlier run, as in CI, Vitest begins with large files. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => (long.findIndex((one) => one.test(moduleId)) + 3) % 3;
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

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
    sequence: { sequencer: LongFirst },
  },
});
