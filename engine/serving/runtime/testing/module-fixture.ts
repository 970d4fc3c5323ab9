import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manifestSchema } from "../../../../sdk/manifest/index.ts";
import { type Digest, silentLog } from "../../../core/index.ts";
import { createRuntime, type RuntimeOptions } from "../create-runtime.ts";
import type { ModuleSpec, Runtime } from "../types.ts";

export interface ModuleFixture {
  runtime: Runtime;
  dir: string;
  /** Writes the files as blobs; `server/index.mjs` is the entry unless `entry` says otherwise. */
  module(name: string, files: Record<string, string> | string, options?: ModuleOptions): ModuleSpec;
  blobPath(digest: Digest): string;
  close(): Promise<void>;
}

export interface ModuleOptions {
  entry?: string;
  memoryMb?: number;
  env?: Record<string, string>;
  health?: { path?: string; intervalSeconds?: number; timeoutMs?: number };
}

/** A runtime over blobs in a directory of its own, for tests that need real module processes. */
export function createModuleFixture(options: Partial<RuntimeOptions> = {}): ModuleFixture {
  const dir = mkdtempSync(join(tmpdir(), "graft-fixture-"));
  // As root, modules have accounts of their own.
  chmodSync(dir, 0o711);
  const runDir = join(dir, "run");
  mkdirSync(runDir);
  const blobPath = (digest: Digest) => join(dir, digest.slice("sha256:".length));
  const sdkServerPath = join(dir, "sdk-server.js");
  writeFileSync(sdkServerPath, "export const sdk = true;\n");
  const runtime = createRuntime({ log: silentLog, runDir, blobPath, sdkServerPath, ...options });

  function putBlob(text: string) {
    const digest: Digest = `sha256:${createHash("sha256").update(text).digest("hex")}`;
    writeFileSync(blobPath(digest), text);
    return { digest, size: Buffer.byteLength(text), mediaType: "application/octet-stream" };
  }

  return {
    runtime,
    dir,
    blobPath,
    module(name, files, { entry = "server/index.mjs", memoryMb, env = {}, health } = {}) {
      const sources = typeof files === "string" ? { [entry]: files } : files;
      const manifest = manifestSchema.parse({
        manifestVersion: 1,
        name,
        publisher: "tests",
        version: "1.0.0",
        type: "module",
        title: name,
        summary: name,
        license: "MIT",
        runtime: { kind: "node", entry, ...(memoryMb === undefined ? {} : { memoryMb }) },
        ...(health === undefined ? {} : { health }),
      });
      return {
        name,
        version: "1.0.0",
        digest: putBlob(JSON.stringify(manifest)).digest,
        manifest,
        files: Object.fromEntries(Object.entries(sources).map(([path, text]) => [path, putBlob(text)])),
        env,
      };
    },
    async close() {
      await runtime.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
