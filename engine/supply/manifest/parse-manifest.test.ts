import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isGraftError } from "../../core/index.ts";
import { type ManifestProblem, migrationNames, parseManifest, readManifest } from "./index.ts";

const minimal = {
  manifestVersion: 1,
  name: "polls",
  publisher: "graft",
  version: "1.0.0",
  type: "widget",
  title: "Polls",
  summary: "Ask and vote",
  license: "MIT",
};

function failure(source: unknown, files?: string[]) {
  const text = typeof source === "string" ? source : JSON.stringify(source, null, 2);
  try {
    parseManifest(text, files && new Set(files));
  } catch (error) {
    if (isGraftError(error)) return error;
    throw error;
  }
  throw new Error("was accepted");
}
const problems = (source: unknown) => failure(source).details.problems as ManifestProblem[];

test("a minimal manifest gets its defaults", () => {
  const manifest = parseManifest(JSON.stringify(minimal));
  expect(manifest.engines.graft).toBe("*");
  expect(manifest.health.path).toBe("/healthz");
});

test("bytes and a byte order mark are accepted", () => {
  expect(parseManifest(Buffer.from(`\ufeff${JSON.stringify(minimal)}`)).name).toBe("polls");
});

describe("a problem names its place and what to do", () => {
  const cases: [string, object, string, string | RegExp, RegExp?][] = [
    ["unknown key", { titel: "x" }, "titel", 'unknown key "titel"', /"title"/],
    ["nested unknown key", { permissions: { netwrk: [] } }, "permissions.netwrk", /unknown key/, /"network"/],
    ["wrong type", { summary: 3 }, "summary", "must be a string, not a number"],
    ["bad semver", { version: "1.2" }, "version", /semantic version/],
    ["unknown module type", { type: "theme" }, "type", /"module", "plugin", "widget" or "integration"/],
    ["path outside", { icon: "../../etc/passwd.svg" }, "icon", /inside the module/],
    ["bad name", { name: "My Module" }, "name", /lower-case/],
    ["bad dependency name", { dependencies: { "A b": "^1" } }, 'dependencies["A b"]', /not allowed/],
    ["bad range", { dependencies: { a: "one" } }, "dependencies.a", /range/],
    ["itself", { dependencies: { polls: "^1" } }, "dependencies.polls", /itself/],
    ["html entry", { widgets: [{ id: "a", title: "A", entry: "a.js" }] }, "widgets[0].entry", /\.html/],
    ["flag default", { flags: { a: { type: "boolean", default: "yes" } } }, "flags.a.default", /boolean/],
    [
      "flag variant",
      { flags: { a: { type: "number", default: 1, variants: { x: "1" } } } },
      "flags.a.variants.x",
      /number/,
    ],
    ["network", { permissions: { network: ["*"] } }, "permissions.network[0]", /not a host/],
    ["api alone", { api: { v1: {} } }, "api.v1", /server/],
    ["empty title", { title: "" }, "title", "must be not empty"],
    ["config schema", { config: { type: "array" } }, "config", /"object"/],
    ["schema that is a promise", { config: { type: "object", $async: true } }, "config.$async", /not taken/],
    [
      "schema from elsewhere",
      { config: { type: "object", properties: { a: { $ref: "https://example.org/a.json" } } } },
      "config.properties.a.$ref",
      /in this document/,
    ],
    [
      "schema within itself",
      { config: { type: "object", allOf: [{ $ref: "#" }] } },
      "config",
      /leads back to itself/,
    ],
    [
      "schema that doubles",
      {
        config: {
          ...{ type: "object", properties: { key: { $ref: "#/$defs/d30" } } },
          $defs: Object.fromEntries(
            Array.from({ length: 31 }, (_, i) => [
              `d${i}`,
              i === 0 ? {} : { allOf: [{ $ref: `#/$defs/d${i - 1}` }, { $ref: `#/$defs/d${i - 1}` }] },
            ]),
          ),
        },
      },
      "config",
      /more than 20000 schemas/,
    ],
    [
      "schema without end",
      { config: { type: "object", properties: { a: { enum: ["x".repeat(70_000)] } } } },
      "config",
      /64 KB/,
    ],
    ["missing default", { flags: { a: { type: "boolean" } } }, "flags.a.default", /missing/],
  ];
  test.each(cases)("%s", (_, change, path, message, hint) => {
    const found = problems({ ...minimal, ...change });
    expect(found).toHaveLength(1);
    expect(found[0]?.path).toBe(path);
    expect(found[0]?.message).toMatch(message);
    if (hint) expect(found[0]?.hint).toMatch(hint);
  });

  test("pages with one path and widgets with one id are refused", () => {
    const page = { path: "/", title: "A", entry: "a.html" };
    const widget = { id: "a", title: "A", entry: "a.html" };
    const found = problems({ ...minimal, pages: [page, page], widgets: [widget, widget] });
    expect(found.map(({ path }) => path)).toEqual(["pages[1].path", "widgets[1].id"]);
  });

  test("a widget has a page of its own or a view of the module's API, and nothing between", () => {
    const view = { kind: "list", endpoint: "/v1/latest" };
    const served = { ...minimal, runtime: { kind: "node", entry: "server/index.mjs" }, api: { v1: {} } };
    const of = (widget: object, rest: object = served) =>
      problems({ ...rest, widgets: [{ id: "a", title: "A", ...widget }] }).map(({ path, message }) => [
        path,
        message,
      ]);
    expect(of({})).toEqual([["widgets[0]", "needs `entry` or `view`"]]);
    expect(of({ view, entry: "a.html" })).toEqual([["widgets[0]", "has both `entry` and `view`"]]);
    expect(of({ view }, minimal)).toEqual([["widgets[0].view.endpoint", "the module has no API v1"]]);
    for (const endpoint of ["/latest", "/v1/../admin", "/v1/a?b=1", "https://example.org/v1/a"])
      expect(of({ view: { ...view, endpoint } })[0]?.[0]).toBe("widgets[0].view.endpoint");
    const page = { path: "/", title: "A", entry: "a.html", badge: "/v2/unread" };
    expect(problems({ ...served, pages: [page] })[0]?.path).toBe("pages[0].badge");
    expect(() =>
      parseManifest(JSON.stringify({ ...served, widgets: [{ id: "a", title: "A", view }] })),
    ).not.toThrow();
  });

  test("line and column are those of the file", () => {
    const text = '{\n  "manifestVersion": 1,\n  "widgets": [\n    { "id": "a", "entry": "../x" }\n  ]\n}';
    const found = problems(text);
    expect(found.find(({ path }) => path === "widgets[0].entry")).toMatchObject({ line: 4, column: 18 });
    expect(found.find(({ path }) => path === "widgets[0].title")).toMatchObject({ line: 4, column: 5 });
  });

  test("every problem is listed, not only the first", () => {
    expect(problems({}).length).toBeGreaterThanOrEqual(8);
    expect(failure({}).message).toContain("publisher: is missing");
  });
});

test("broken JSON is located", () => {
  expect(problems('{\n  "name": "polls",\n}')[0]).toMatchObject({ line: 3, column: 1 });
  expect(problems('{ "name": ')[0]).toMatchObject({ line: 1, column: 11 });
});

test("a merge conflict is located where it begins", () => {
  const text =
    '{\n  "name": "polls",\n<<<<<<< HEAD\n  "version": "1.0.0",\n=======\n  "version": "1.1.0",\n>>>>>>> main\n}';
  const error = failure(text);
  expect(problems(text)[0]).toMatchObject({
    line: 3,
    column: 1,
    message: expect.stringMatching(/merge conflict/),
  });
  expect(error.message).toContain("3:1");
});

test.each(["1.2.0+build.7", "1.2.0-rc.1+exp.sha.5114f85"])("%s is a version", (version) => {
  expect(parseManifest(JSON.stringify({ ...minimal, version })).version).toBe(version);
});

test("a key that stands twice is refused", () => {
  const text = JSON.stringify(minimal).replace("{", '{"license":"GPL",');
  expect(problems(text)[0]).toMatchObject({ path: "license", message: expect.stringMatching(/twice/) });
});

describe("JSON Schemas of a stranger", () => {
  const read = (config: object) => readManifest(JSON.stringify({ ...minimal, config }, null, 2));
  const tree = {
    type: "object",
    $defs: { node: { type: "object", properties: { children: { items: { $ref: "#/$defs/node" } } } } },
    properties: { $async: { type: "string" }, tree: { $ref: "#/$defs/node" } },
    patternProperties: { "^x-": { type: "string" } },
  };

  test("a tree, a property with the name of a keyword and patterns are taken", async () => {
    expect((await read(tree)).config).toEqual(tree);
  });

  test.each([
    ["no JSON Schema", { type: "object", properties: 5 }, "config.properties", /not valid JSON Schema/],
    ["no pattern", { type: "object", properties: { a: { pattern: "(" } } }, "config", /cannot be compiled/],
  ])("%s is refused with its place", async (_, config, path, message) => {
    await expect(read(config)).rejects.toMatchObject({
      code: "MANIFEST_INVALID",
      details: { problems: [{ path, line: expect.any(Number), message: expect.stringMatching(message) }] },
    });
  });
});

test("nesting and size cannot exhaust the reader", () => {
  const deep = `{"config":${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
  expect(problems(deep)[0]?.message).toMatch(/nested/);
  expect(problems(" ".repeat(300_000))[0]?.message).toMatch(/larger/);
  expect(() => parseManifest(Buffer.from([0x7b, 0xff]))).toThrow(/UTF-8/);
});

test("any JSON value ends in a manifest or a located problem", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const error = failure(text);
      expect(error.code).toBe("MANIFEST_INVALID");
      for (const { line, column } of error.details.problems as ManifestProblem[])
        expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
    }),
  );
});

describe("files the manifest names", () => {
  const named = {
    ...minimal,
    icon: "assets/icon.svg",
    runtime: { kind: "node", entry: "server/index.mjs" },
    database: { migrations: "prisma/migrations" },
    api: { v1: { openapi: "openapi/v1.json" } },
  };
  const files = [
    "assets/icon.svg",
    "server/index.mjs",
    "prisma/migrations/1_init/migration.sql",
    "prisma/migrations/migration_lock.toml",
    "openapi/v1.json",
  ];

  test("all present is accepted", () => {
    expect(parseManifest(JSON.stringify(named), new Set(files)).icon).toBe("assets/icon.svg");
  });

  test("each missing one is listed with its place", () => {
    const error = failure(named, ["assets/icon.png", "prisma/migrations/1_init/notes.md"]);
    expect(error.code).toBe("MODULE_FILE_MISSING");
    expect(error.details.files).toEqual([
      "assets/icon.svg",
      "server/index.mjs",
      "openapi/v1.json",
      "prisma/migrations/1_init/migration.sql",
    ]);
    expect(error.message).toContain("Did you mean assets/icon.png?");
  });

  test("a database without any migration is refused", () => {
    expect(
      failure(
        named,
        files.filter((f) => !f.endsWith(".sql")),
      ).message,
    ).toContain("migration.sql");
  });
});

test("migrations run in the order of their names, whatever the order of files", () => {
  const files = [
    "db/2_b/migration.sql",
    "db/10_c/migration.sql",
    "db/1_a/migration.sql",
    "db/migration_lock.toml",
    "x/0/migration.sql",
    "db/3_d/x.sql",
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(files, { minLength: files.length }), (shuffled) => {
      expect(migrationNames(shuffled, "db")).toEqual({ names: ["10_c", "1_a", "2_b"], incomplete: ["3_d"] });
    }),
  );
});
