import { readFile } from "node:fs/promises";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { toManifestJsonSchema } from "./json-schema.ts";

const published = await readFile(new URL("module.schema.json", import.meta.url), "utf8");
const minimal = {
  manifestVersion: 1,
  name: "hello",
  publisher: "acme",
  version: "1.0.0",
  type: "widget",
  title: "Hello",
  summary: "Says hello.",
  license: "MIT",
};

describe("module.schema.json", () => {
  it("is what the schema in code says: run npm run build:schema after changing it", () => {
    expect(JSON.parse(published)).toEqual(JSON.parse(toManifestJsonSchema()));
  });

  it("accepts the shortest manifest and names an unknown key", () => {
    const validate = new Ajv({ strict: false, formats: { uri: true } }).compile(JSON.parse(published));
    expect(validate(minimal)).toBe(true);
    expect(validate({ ...minimal, colour: "red" })).toBe(false);
    expect(validate.errors?.[0]?.params).toEqual({ additionalProperty: "colour" });
  });
});
