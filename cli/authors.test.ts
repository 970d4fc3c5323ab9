import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCli } from "./testing/run-cli.ts";

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), "graft-cli-"));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));
const graft = (args: string) => runCli(cwd, args);

describe("for authors", () => {
  test.each(["module", "plugin", "widget"])("a created %s passes its check", async (type) => {
    expect((await graft(`create my-thing --type ${type}`)).status).toBe(0);
    const { status, out } = await graft("check my-thing --json");
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ name: "my-thing", version: "0.1.0", output: null });
    expect((await readFile(join(cwd, "my-thing/server/index.mjs"), "utf8")).split("\n").length).toBeLessThan(
      11,
    );
  });
  test("nothing is overwritten and no bad name is written", async () => {
    await graft("create my-thing");
    expect((await graft("create my-thing")).status).toBe(2);
    expect((await graft("create Bad_Name")).err).toContain("MANIFEST_INVALID");
  });
  test("a mistake is shown with its line", async () => {
    await graft("create my-thing");
    const path = join(cwd, "my-thing/module.json");
    await writeFile(path, (await readFile(path, "utf8")).replace('"title"', '"titel"'));
    const { status, err } = await graft("check my-thing");
    expect(status).toBe(1);
    expect(err).toMatch(/7:3 titel: unknown key "titel" \(Did you mean "title"\?\)/);
  });
  test("pack writes an OCI layout with the digest that check shows", async () => {
    await graft("create my-thing");
    const { digest } = JSON.parse((await graft("check my-thing --json")).out);
    expect((await graft("pack my-thing -o out")).out).toContain(digest);
    const index = JSON.parse(await readFile(join(cwd, "out/index.json"), "utf8"));
    expect(index.manifests[0]).toMatchObject({ digest });
  });
  test("TypeScript sources are built first", async () => {
    await graft("create my-thing --type module");
    const dir = join(cwd, "my-thing/server");
    const source = await readFile(join(dir, "index.mjs"), "utf8");
    await rm(join(dir, "index.mjs"));
    await writeFile(join(dir, "index.ts"), `${source}export const answer: number = 42;\n`);
    const { status, out, err } = await graft("check my-thing --json");
    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(Object.keys(JSON.parse(out).files)).toContain("server/index.mjs");
  });
});
