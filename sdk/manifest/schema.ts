import semver from "semver";
import { z } from "zod";
import { moduleNameLengthMax, moduleNamePattern, moduleTypes } from "./names.ts";

const moduleName = z
  .string()
  .max(moduleNameLengthMax)
  .regex(moduleNamePattern, "use lower-case letters, digits and single dashes, starting with a letter");
/** Build metadata (`1.2.0+build.7`) is part of the version's text and counts for nothing when versions are compared. */
function isVersion(text: string): boolean {
  const parsed = semver.parse(text);
  return (
    parsed !== null &&
    text === [parsed.version, ...(parsed.build.length > 0 ? [parsed.build.join(".")] : [])].join("+")
  );
}

const version = z
  .string()
  .max(200)
  .refine(isVersion, "must be a semantic version such as 1.2.0 (https://semver.org)");
const range = z
  .string()
  .max(500)
  .refine((v) => semver.validRange(v) !== null, "must be a version range such as ^1.2.0");
const modulePath = z
  .string()
  .min(1)
  .max(255)
  .refine(isInsideModule, "must be a relative path inside the module, with / and without . or .. segments");
const jsonSchema = z.record(z.string(), z.json());
const capabilityMap = (value: typeof version | typeof range) => z.record(moduleName, value);

/** No absolute path, backslash, empty, `.` or `..` segment, control character: nothing that could leave the module. */
export function isInsideModule(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[\\\u0000-\u001f\u007f:]/.test(path) || path.startsWith("/")) return false;
  return path.split("/").every((segment) => segment !== "" && segment !== "." && segment !== "..");
}

const timeLimit = z.number().int().min(1000).max(3_600_000);

const endpoint = z
  .string()
  .max(200)
  .regex(
    /^\/v[1-9][0-9]*(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._~-]+)+$/,
    "must be a path of the module's own API, such as /v1/unread, without a query",
  );

export const manifestPage = z.strictObject({
  path: z
    .string()
    .regex(/^\/[a-z0-9/-]*$/, "must start with / and use lower-case letters, digits and dashes"),
  title: z.string().min(1).max(60),
  entry: modulePath,
  icon: z.string().max(40).optional(),
  /** Answers `{ "count": 3 }` for the asking user: what is new, shown beside the page in the navigation. */
  badge: endpoint.optional(),
});

export const manifestWidget = z.strictObject({
  id: moduleName,
  title: z.string().min(1).max(60),
  summary: z.string().max(150).optional(),
  entry: modulePath.optional(),
  /** In place of `entry`: the host draws what the endpoint answers, in its own style. */
  view: z
    .strictObject({
      kind: z.enum(["list", "figures", "chart", "table", "markdown"]),
      endpoint,
      refreshSeconds: z.number().int().min(5).max(86_400).default(60),
    })
    .optional(),
  size: z
    .strictObject({ w: z.number().int().min(1).max(12), h: z.number().int().min(1).max(12) })
    .default({ w: 4, h: 3 }),
  config: jsonSchema.optional(),
});

const notification = z.strictObject({
  /** For the list in which people choose: "A new announcement". */
  title: z.string().min(1).max(60),
  description: z.string().max(200).optional(),
  /** Whether it also goes out by mail, until a user decides otherwise. */
  mail: z.boolean().default(false),
});

const goal = z.strictObject({
  /** For whoever judges an experiment by it: "Acknowledged an announcement". */
  title: z.string().min(1).max(60),
  description: z.string().max(200).optional(),
  /** `conversion`: reached or not; `count`: how often; `value`: the sum of what is reported. Each per user. */
  kind: z.enum(["conversion", "count", "value"]).default("conversion"),
});

const flag = z.strictObject({
  type: z.enum(["boolean", "string", "number", "object"]),
  default: z.json(),
  description: z.string().max(300).optional(),
  variants: z.record(z.string(), z.json()).optional(),
});

/**
 * `module.json`, manifest version 1. Unknown keys are errors. Published as JSON Schema by `npm run build:schema`.
 * Every section after `license` is optional: a widget may be client files alone, a module tables alone.
 */
export const manifestSchema = z.strictObject({
  $schema: z.string().optional(),
  manifestVersion: z.literal(1),
  name: moduleName,
  publisher: moduleName,
  version,
  type: z.enum(moduleTypes),
  title: z.string().min(1).max(60),
  summary: z.string().min(1).max(150),
  license: z.string().min(1).max(60),
  categories: z.array(moduleName).max(5).default([]),
  icon: modulePath.optional(),
  screenshots: z.array(modulePath).max(10).default([]),
  engines: z.strictObject({ graft: range }).default({ graft: "*" }),
  dependencies: z.record(moduleName, range).default({}),
  provides: capabilityMap(version).default({}),
  needs: capabilityMap(range).default({}),
  runtime: z
    .strictObject({
      kind: z.literal("node"),
      entry: modulePath,
      memoryMb: z.number().int().min(32).max(4096).default(128),
      activation: z.enum(["eager"]).default("eager"),
    })
    .optional(),
  database: z
    .strictObject({
      schema: modulePath.optional(),
      migrations: modulePath,
      extensions: z.array(z.string().regex(/^[a-z][a-z0-9_-]*$/)).default([]),
    })
    .optional(),
  api: z
    .record(
      z.string().regex(/^v[1-9][0-9]*$/, "use v1, v2, …"),
      z.strictObject({
        openapi: modulePath.optional(),
        /** Until an answer begins, in milliseconds; 30,000 unless given. An administrator may set another. */
        timeoutMs: timeLimit.optional(),
        /** The same for single routes, as the server names them: `"POST /v1/reports/:id": 120000`. */
        timeouts: z
          .record(
            z
              .string()
              .max(200)
              .regex(
                /^(GET|POST|PUT|PATCH|DELETE) \/v[1-9][0-9]*(\/\S*)?$/,
                'use a method and a path such as "POST /v1/reports/:id"',
              ),
            timeLimit,
          )
          .optional(),
      }),
    )
    .default({}),
  pages: z.array(manifestPage).max(20).default([]),
  widgets: z.array(manifestWidget).max(20).default([]),
  flags: z.record(moduleName, flag).default({}),
  /** Kinds of news that its server may send to users, by id. */
  notifications: z.record(moduleName, notification).default({}),
  /** What users do that an experiment can be judged by, by id. */
  goals: z.record(moduleName, goal).default({}),
  config: jsonSchema.optional(),
  events: z
    .strictObject({
      publishes: z.record(z.string(), z.json()).default({}),
      subscribes: z.record(z.string(), z.json()).default({}),
    })
    .default({ publishes: {}, subscribes: {} }),
  permissions: z
    .strictObject({
      network: z.array(z.string().regex(/^[a-z0-9.*-]+(:\d+)?$/i)).default([]),
      /** `name:vN`: the module's server may call that version of another module's API. */
      modules: z.array(z.string().regex(/^[a-z][a-z0-9-]*:v[1-9][0-9]*$/)).default([]),
    })
    .default({ network: [], modules: [] }),
  health: z
    .strictObject({
      path: z.string().regex(/^\//).default("/healthz"),
      intervalSeconds: z.number().min(1).max(300).default(10),
      timeoutMs: z.number().int().min(100).max(30_000).default(2000),
    })
    .default({ path: "/healthz", intervalSeconds: 10, timeoutMs: 2000 }),
});

/** A validated manifest with defaults filled in. */
export type Manifest = z.infer<typeof manifestSchema>;
/** What an author writes. */
export type ManifestInput = z.input<typeof manifestSchema>;
export type ModuleType = Manifest["type"];
export type ManifestPage = Manifest["pages"][number];
export type ManifestWidget = Manifest["widgets"][number];
