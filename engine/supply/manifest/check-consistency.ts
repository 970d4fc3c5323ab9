import type { Manifest } from "../../../sdk/manifest/index.ts";
import type { Finding } from "./describe-issue.ts";
import { findSchemaProblems } from "./schema-subset.ts";

const serverFile = /\.(mjs|js|mts|ts)$/;
const iconFile = /\.(svg|png|webp)$/i;
const screenshotFile = /\.(png|jpe?g|webp)$/i;

/** What no single field can show: fields that contradict each other. */
export function checkConsistency(manifest: Manifest): Finding[] {
  return [
    ...checkNeeds(manifest),
    ...checkServer(manifest),
    ...checkViews(manifest),
    ...checkEndpoints(manifest),
    ...checkFlags(manifest),
    ...checkPermissions(manifest),
    ...checkImages(manifest),
    ...checkJsonSchema(["config"], manifest.config),
  ];
}

function checkNeeds({ name, dependencies, needs, provides }: Manifest): Finding[] {
  const found: Finding[] = [];
  if (name in dependencies)
    found.push({
      path: ["dependencies", name],
      message: "a module cannot depend on itself",
      hint: "Remove it.",
    });
  for (const capability of Object.keys(needs))
    if (capability in provides)
      found.push({
        path: ["needs", capability],
        message: "a module cannot need a capability that it provides",
        hint: "Remove it from `needs` or from `provides`.",
      });
  return found;
}

function checkServer({ runtime, api }: Manifest): Finding[] {
  const found: Finding[] = [];
  if (runtime && !serverFile.test(runtime.entry))
    found.push({ path: ["runtime", "entry"], message: "must be a .mjs, .js, .mts or .ts file" });
  for (const version of runtime ? [] : Object.keys(api))
    found.push({
      path: ["api", version],
      message: "an API needs a server to answer it",
      hint: 'Add "runtime": { "kind": "node", "entry": "server/index.mjs" }, or remove the API.',
    });
  for (const [version, { timeouts = {} }] of Object.entries(api))
    for (const route of Object.keys(timeouts))
      if (route.split("/")[1] !== version)
        found.push({
          path: ["api", version, "timeouts", route],
          message: `must be a route below /${version}`,
        });
  return found;
}

function checkViews({ pages, widgets }: Manifest): Finding[] {
  const found: Finding[] = [];
  const lists = { pages: pages.map((page) => page.path), widgets: widgets.map((widget) => widget.id) };
  for (const [list, keys] of Object.entries(lists)) {
    const key = list === "pages" ? "path" : "id";
    for (const [i, value] of keys.entries())
      if (keys.indexOf(value) !== i)
        found.push({
          path: [list, i, key],
          message: `${JSON.stringify(value)} is used twice`,
          hint: "Each must be unique.",
        });
  }
  for (const [list, views] of Object.entries({ pages, widgets }))
    for (const [i, view] of views.entries())
      if (view.entry !== undefined && !view.entry.endsWith(".html"))
        found.push({ path: [list, i, "entry"], message: "must be an .html file" });
  for (const [i, widget] of widgets.entries())
    found.push(...checkJsonSchema(["widgets", i, "config"], widget.config));
  return found;
}

/** A widget is drawn by its own page or by the host; what the host asks for must be in the module's API. */
function checkEndpoints({ pages, widgets, api, runtime }: Manifest): Finding[] {
  const found: Finding[] = [];
  const named: [PropertyKey[], string | undefined][] = [
    ...pages.map(({ badge }, i): [PropertyKey[], string | undefined] => [["pages", i, "badge"], badge]),
    ...widgets.map(({ view }, i): [PropertyKey[], string | undefined] => [
      ["widgets", i, "view", "endpoint"],
      view?.endpoint,
    ]),
  ];
  for (const [path, endpoint] of named) {
    const version = endpoint?.split("/")[1];
    if (version === undefined || (runtime !== undefined && version in api)) continue;
    found.push({
      path,
      message: `the module has no API ${version}`,
      hint: `Add "${version}": {} to \`api\`, and a \`runtime\` that answers it.`,
    });
  }
  for (const [i, { entry, view }] of widgets.entries())
    if ((entry === undefined) === (view === undefined))
      found.push({
        path: ["widgets", i],
        message: entry === undefined ? "needs `entry` or `view`" : "has both `entry` and `view`",
        hint: "`entry` is a page of the module's own; `view` lets Graft draw what an endpoint answers.",
      });
  return found;
}

function checkFlags({ flags }: Manifest): Finding[] {
  const found: Finding[] = [];
  for (const [id, flag] of Object.entries(flags)) {
    const values = { default: flag.default, ...prefixed(flag.variants) };
    for (const [key, value] of Object.entries(values)) {
      const is =
        value !== null && typeof value === "object" && !Array.isArray(value) ? "object" : typeof value;
      if (value === null || Array.isArray(value) || is !== flag.type)
        found.push({
          path: ["flags", id, ...key.split("\u0000")],
          message: `must be of the flag's type, ${flag.type}`,
        });
    }
  }
  return found;
}

function prefixed(variants: Record<string, unknown> = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(variants).map(([name, value]) => [`variants\u0000${name}`, value]),
  );
}

function checkPermissions({ name, permissions }: Manifest): Finding[] {
  const found: Finding[] = [];
  for (const [i, host] of permissions.network.entries()) {
    const bare = host.replace(/:\d+$/, "");
    if (!/^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(bare))
      found.push({
        path: ["permissions", "network", i],
        message: `${JSON.stringify(host)} is not a host`,
        hint: "Name a host such as api.example.org, optionally with a port, or *.example.org for its subdomains.",
      });
  }
  for (const [i, entry] of permissions.modules.entries())
    if (entry.startsWith(`${name}:`))
      found.push({
        path: ["permissions", "modules", i],
        message: "a module may always call its own API",
        hint: "Remove it.",
      });
  return found;
}

function checkImages({ icon, screenshots }: Manifest): Finding[] {
  const found: Finding[] = [];
  if (icon && !iconFile.test(icon))
    found.push({ path: ["icon"], message: "must be an .svg, .png or .webp file" });
  for (const [i, file] of screenshots.entries())
    if (!screenshotFile.test(file))
      found.push({ path: ["screenshots", i], message: "must be a .png, .jpg or .webp file" });
  return found;
}

function checkJsonSchema(path: PropertyKey[], schema: Record<string, unknown> | undefined): Finding[] {
  if (schema === undefined) return [];
  if (schema.type !== "object")
    return [
      {
        path,
        message: 'must be a JSON Schema with "type": "object"',
        hint: "Describe the settings below `properties`.",
      },
    ];
  return findSchemaProblems(path, schema);
}
