import { fork } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Digest } from "../../core/index.ts";
import { parseManifest } from "../manifest/index.ts";
import { createModuleStore } from "./index.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "graft-store-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const missing: Digest = `sha256:${"0".repeat(64)}`;
const bytes = (text: string) => Buffer.from(text);

function moduleOf(name: string, version = "1.0.0", extra: Record<string, string> = {}) {
  const text = JSON.stringify({
    manifestVersion: 1,
    name,
    publisher: "graft",
    version,
    type: "module",
    title: name,
    summary: "For tests",
    license: "MIT",
  });
  const files = { "module.json": text, "README.md": `# ${name}`, "shared.txt": "the same in all", ...extra };
  return {
    files: Object.fromEntries(Object.entries(files).map(([path, content]) => [path, bytes(content)])),
    manifest: parseManifest(text),
  };
}
const put = (store: ReturnType<typeof createModuleStore>, ...args: Parameters<typeof moduleOf>) => {
  const { files, manifest } = moduleOf(...args);
  return store.putModule(files, manifest);
};

describe("blobs", () => {
  test("bytes come back under their digest", async () => {
    const { blobs } = createModuleStore(dir);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (data) => {
        const digest = await blobs.put(data);
        expect(await blobs.put(data)).toBe(digest);
        expect(Buffer.compare(await blobs.get(digest), data)).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  test("nothing but a digest becomes a path", () => {
    const store = createModuleStore(dir);
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => store.blobPath(`sha256:${text}`)).toThrow(/not a SHA-256 digest/);
      }),
    );
    expect(() => store.blobPath(`sha256:../../${"0".repeat(58)}`)).toThrow();
  });

  test("a missing blob is BLOB_MISSING", async () => {
    const { blobs } = createModuleStore(dir);
    await expect(blobs.get(missing)).rejects.toMatchObject({ code: "BLOB_MISSING" });
    expect(await blobs.has(missing)).toBe(false);
  });
});

describe("modules", () => {
  test("the layout is what the OCI specification asks for", async () => {
    const { digest } = await put(createModuleStore(dir), "polls");
    const read = async (path: string) => JSON.parse(await readFile(join(dir, path), "utf8"));
    expect(await read("oci-layout")).toEqual({ imageLayoutVersion: "1.0.0" });
    const index = await read("index.json");
    expect(index.manifests).toMatchObject([
      {
        digest,
        mediaType: "application/vnd.oci.image.manifest.v1+json",
        artifactType: "application/vnd.graft.module.v1+json",
        annotations: { "org.opencontainers.image.ref.name": "polls:1.0.0" },
      },
    ]);
    const manifest = await read(`blobs/sha256/${digest.slice(7)}`);
    expect(manifest.config.mediaType).toBe("application/vnd.graft.module.config.v1+json");
    expect(manifest.layers.map((l: { annotations: object }) => Object.values(l.annotations)[0])).toEqual([
      "README.md",
      "module.json",
      "shared.txt",
    ]);
    expect((await readFile(join(dir, `blobs/sha256/${digest.slice(7)}`))).length).toBe(
      index.manifests[0].size,
    );
  });

  test("the same files give the same digest, in any order and any store", async () => {
    const { files, manifest } = moduleOf("polls");
    const first = await createModuleStore(dir).putModule(files, manifest);
    const reversed = Object.fromEntries(Object.entries(files).reverse());
    const second = await createModuleStore(join(dir, "other")).putModule(reversed, manifest);
    expect(second).toEqual(first);
  });

  test("identical files of two modules are stored once", async () => {
    const store = createModuleStore(dir);
    const a = await put(store, "alpha");
    const b = await put(store, "beta");
    expect(a.files["shared.txt"]?.digest).toBe(b.files["shared.txt"]?.digest);
    expect(await readdir(join(dir, "blobs/sha256"))).toHaveLength(2 + 2 + 2 + 1);
  });

  test("a path that could leave the module is refused and writes nothing", async () => {
    const store = createModuleStore(dir);
    const { files, manifest } = moduleOf("polls");
    const segments = fc.constantFrom("..", ".", "", "a", "C:", "a\\b", "a\0b");
    const unsafe = fc
      .array(segments, { minLength: 1, maxLength: 4 })
      .filter((parts) => parts.some((part) => part !== "a"))
      .map((parts) => parts.join("/"));
    await fc.assert(
      fc.asyncProperty(unsafe, async (path) => {
        const attempt = store.putModule({ ...files, [path]: bytes("x") }, manifest);
        await expect(attempt).rejects.toMatchObject({ code: "INVALID_INPUT" });
      }),
    );
    expect(await store.listModules()).toEqual([]);
  });

  test("any path inside a module can be stored and read back", async () => {
    const store = createModuleStore(dir);
    const { files, manifest } = moduleOf("polls");
    const segment = fc.stringMatching(/^[a-zA-Z0-9_\-é ]{1,12}$/);
    await fc.assert(
      fc.asyncProperty(
        fc.array(segment, { minLength: 1, maxLength: 4 }),
        fc.string(),
        async (parts, text) => {
          const path = parts.join("/");
          const { digest } = await store.putModule({ ...files, [path]: bytes(text) }, manifest);
          expect((await store.readFile(digest, path)).toString()).toBe(bytes(text).toString());
        },
      ),
      { numRuns: 20 },
    );
  });

  test("names of Object.prototype are not files", async () => {
    const store = createModuleStore(dir);
    const { digest } = await put(store, "polls");
    await expect(store.readFile(digest, "constructor")).rejects.toMatchObject({
      code: "MODULE_FILE_MISSING",
    });
  });

  test("module.json that contradicts the manifest is refused", async () => {
    const { files } = moduleOf("polls");
    const attempt = createModuleStore(dir).putModule(files, moduleOf("polls", "2.0.0").manifest);
    await expect(attempt).rejects.toMatchObject({ code: "MANIFEST_INVALID" });
  });

  test("a rebuilt version owns the reference name, the older one stays readable", async () => {
    const store = createModuleStore(dir);
    const older = await put(store, "polls", "1.0.0", { a: "1" });
    await put(store, "polls", "1.0.0", { a: "2" });
    const index = await readFile(join(dir, "index.json"), "utf8");
    expect(index.match(/"polls:1\.0\.0"/g)).toHaveLength(1);
    expect(index).toContain(`polls:1.0.0@${older.digest.slice(7, 19)}`);
    expect((await store.readFile(older.digest, "a")).toString()).toBe("1");
  });

  test("a digest that names no module is refused", async () => {
    const store = createModuleStore(dir);
    const digest = await store.blobs.put(bytes("just text"));
    await expect(store.getModule(digest)).rejects.toMatchObject({ code: "BLOB_MISSING" });
  });
});

describe("damage on disk", () => {
  test("a changed file is DIGEST_MISMATCH and named", async () => {
    const store = createModuleStore(dir);
    const module = await put(store, "polls");
    const file = module.files["README.md"];
    if (!file) throw new Error("README.md was not stored");
    await writeFile(store.blobPath(file.digest), "# evil");
    const damage = {
      code: "DIGEST_MISMATCH",
      details: { file: "README.md" },
      message: /README\.md of polls 1\.0\.0/,
    };
    await expect(store.readFile(module.digest, "README.md")).rejects.toMatchObject(damage);
    await expect(store.verifyModule(module.digest)).rejects.toMatchObject(damage);
    await expect(store.readFile(module.digest, "shared.txt")).resolves.toBeDefined();
  });

  test("a changed manifest is noticed by a process that has not read it yet", async () => {
    const { digest } = await put(createModuleStore(dir), "polls");
    const fresh = createModuleStore(dir);
    await writeFile(fresh.blobPath(digest), "{}");
    await expect(fresh.getModule(digest)).rejects.toMatchObject({ code: "DIGEST_MISMATCH" });
  });

  test("putting the module again repairs it", async () => {
    const store = createModuleStore(dir);
    const module = await put(store, "polls");
    await writeFile(store.blobPath(module.digest), "");
    await put(store, "polls");
    await expect(store.verifyModule(module.digest)).resolves.toBeUndefined();
  });
});

describe("several writers", () => {
  test("puts at once in one process all end in the index", async () => {
    const stores = [createModuleStore(dir), createModuleStore(dir)];
    const names = Array.from({ length: 12 }, (_, i) => `m${i}`);
    await Promise.all(names.map((name, i) => put(stores[i % 2] ?? createModuleStore(dir), name)));
    const found = await createModuleStore(dir).listModules();
    expect(found.map((module) => module.manifest.name).sort()).toEqual(names.sort());
    expect(await readdir(dir)).toEqual([".tmp", "blobs", "index.json", "oci-layout"]);
    expect(await readdir(join(dir, ".tmp"))).toEqual([]);
  });

  test("puts at once from several processes all end in the index", async () => {
    const children = [0, 1, 2].map((i) =>
      fork(join(import.meta.dirname, "testing/put-modules.ts"), [dir, `p${i}`]),
    );
    const exits = children.map((child) => new Promise((done) => child.on("exit", done)));
    expect(await Promise.all(exits)).toEqual([0, 0, 0]);
    expect(await createModuleStore(dir).listModules()).toHaveLength(15);
  }, 60_000);

  test("a lock left by a process that died is taken over", async () => {
    const child = fork(join(import.meta.dirname, "testing/die-with-lock.ts"), [dir]);
    await new Promise((done) => child.on("exit", done));
    expect(await readdir(dir)).toContain(".lock");
    await expect(put(createModuleStore(dir), "polls")).resolves.toBeDefined();
    expect(await readdir(dir)).not.toContain(".lock");
  });
});

describe("garbage collection", () => {
  test("keeps what is kept whole and removes the rest", async () => {
    const store = createModuleStore(dir);
    const kept = await put(store, "alpha");
    const gone = await put(store, "beta");
    // beta's OCI manifest, module.json and README; shared.txt is alpha's too
    expect(await store.collectGarbage(new Set([kept.digest]))).toMatchObject({ blobs: 3 });
    await expect(store.verifyModule(kept.digest)).resolves.toBeUndefined();
    expect(await store.hasModule(gone.digest)).toBe(false);
    expect((await store.listModules()).map((module) => module.digest)).toEqual([kept.digest]);
  });

  test("what was put lately stays, also when it was there long before", async () => {
    const store = createModuleStore(dir);
    const [again, old] = [await put(store, "alpha"), await put(store, "beta")];
    const then = new Date(Date.now() - 60_000);
    for await (const digest of store.blobs.list()) await utimes(store.blobPath(digest), then, then);
    const writtenBefore = new Date(then.getTime() + 1000);
    await put(store, "alpha");
    const collected = await store.collectGarbage(new Set(), { writtenBefore });
    expect(collected).toMatchObject({ blobs: 3, modules: [old.digest] });
    await expect(store.verifyModule(again.digest)).resolves.toBeUndefined();
  });

  test("a put beside a collection stays whole", async () => {
    const store = createModuleStore(dir);
    const kept = await put(store, "alpha");
    const [added] = await Promise.all([put(store, "beta"), store.collectGarbage(new Set([kept.digest]))]);
    const again = await put(store, "beta");
    expect(again.digest).toBe(added.digest);
    await expect(store.verifyModule(again.digest)).resolves.toBeUndefined();
  });
});
