import { expect, test } from "vitest";
import { fillDefaults } from "./fill-defaults.ts";

const port = { type: "integer", default: 587 };
const smtp = { type: "object", properties: { host: { type: "string" }, port } };
const nested = { type: "object", properties: { smtp } };
const shared = { $defs: { smtp }, properties: { smtp: { $ref: "#/$defs/smtp" } } };
const joined = { allOf: [nested, { properties: { times: { default: 3 } } }] };
const listed = { properties: { servers: { type: "array", items: smtp } } };

test.each<[string, object, object, object]>([
  ["what is not set", { properties: { a: { default: "x" }, b: {} } }, {}, { a: "x" }],
  [
    "false, 0 and empty are set",
    { properties: { a: { default: 1 }, b: { default: 1 } } },
    { a: 0, b: "" },
    { a: 0, b: "" },
  ],
  ["null is set", { properties: { a: { default: 1 } } }, { a: null }, { a: null }],
  ["inside an object that is there", nested, { smtp: { host: "h" } }, { smtp: { host: "h", port: 587 } }],
  ["inside one that is not", nested, {}, { smtp: { port: 587 } }],
  ["not where that one needs more", { properties: { smtp: { ...smtp, required: ["host"] } } }, {}, {}],
  [
    "an object's own default is filled too",
    { properties: { smtp: { ...smtp, default: {} } } },
    {},
    { smtp: { port: 587 } },
  ],
  ["behind a reference", shared, {}, { smtp: { port: 587 } }],
  ["of all that always applies", joined, {}, { smtp: { port: 587 }, times: 3 }],
  ["not of a branch", { anyOf: [{ properties: { a: { default: 1 } } }] }, {}, {}],
  [
    "in entries of a list",
    listed,
    { servers: [{ host: "h" }, 1] },
    { servers: [{ host: "h", port: 587 }, 1] },
  ],
])("defaults: %s", (_, schema, values, expected) => {
  expect(fillDefaults(schema, values as Record<string, unknown>)).toEqual(expected);
});

test("a schema that refers to itself, or multiplies without end, comes to an end", () => {
  const self = { properties: { a: { default: 1 }, next: { $ref: "#" } } };
  expect(fillDefaults(self, {})).toMatchObject({ a: 1 });
  const $defs = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => {
      const $ref = `#/$defs/d${i + 1}`;
      return [`d${i}`, { properties: { a: { default: 1 }, l: { $ref }, r: { $ref } } }];
    }),
  );
  const started = performance.now();
  fillDefaults({ $defs, properties: { d: { $ref: "#/$defs/d0" } } }, {});
  expect(performance.now() - started).toBeLessThan(1000);
});
