// First code in every module process. It gets the module's file map on standard input (no limit on its size, unlike
// the environment) and loads the entry and what it imports straight from blobs, each checked against its digest.
import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const input = readFileSync(0, "utf8");
// The host writes the map only once its watchdog knows this process; no map means the host is gone.
if (input === "") process.exit(1);

/** @type {{ module: string; entry: string; sdk: string; files: Record<string, [digest: string, blob: string]> }} */
const { module, entry, sdk, files } = JSON.parse(input);
// file: URLs, so that createRequire(import.meta.url) in bundled code works and stack traces name the module's own paths.
const root = `file:///@${module}/`;
const sdkUrl = pathToFileURL(sdk).href;

// Importing node:http as an ES module reads all its exports, among them three that load undici: 30 ms and 12 MB for
// every process. Code that names none of the three gets the same functions without them.
const httpUrl = "graft:http";
const undiciExports = ["WebSocket", "CloseEvent", "MessageEvent"];
const namesUndici = new Set();

function httpSource() {
  const http = process.getBuiltinModule("node:http");
  const names = Object.keys(http).filter((name) => !undiciExports.includes(name));
  return `const http = process.getBuiltinModule("node:http"); export default http; export const { ${names} } = http;`;
}

class LoadError extends Error {}

const formats = {
  mjs: "module",
  js: "module",
  ts: "module",
  mts: "module",
  cjs: "commonjs",
  cts: "commonjs",
  json: "json",
  wasm: "wasm",
};
const extension = (path) => path.slice(path.lastIndexOf(".") + 1);
const pathOf = (url) => decodeURIComponent(url.slice(root.length).replace(/[?#].*$/, ""));
const nameOf = (url) => (url?.startsWith(root) ? pathOf(url) : "the host's bootstrap");

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier === "@graft/sdk/server") return { url: sdkUrl, format: "module", shortCircuit: true };
    const from = context.parentURL;
    if (/^(node:)?http$/.test(specifier) && context.conditions.includes("import") && !namesUndici.has(from)) {
      return { url: httpUrl, format: "module", shortCircuit: true };
    }
    const own = specifier.startsWith(root) || (from?.startsWith(root) && /^\.{0,2}\//.test(specifier));
    if (own) return resolveOwn(new URL(specifier, from), specifier, context);
    if (from === import.meta.url) return nextResolve(specifier, context);
    const isPath = /^(file:|\.{0,2}\/)/i.test(specifier);
    const isUrl = /^[a-z][a-z0-9+.-]*:/i.test(specifier);
    const found = isPath ? null : attempt(() => nextResolve(specifier, context), isUrl);
    // The same whether it is there or not: a module learns nothing of the machine's files.
    if (found !== null && !found.url.startsWith("file:")) return found;
    throw new LoadError(
      `${nameOf(from)} imports "${specifier}", which a module cannot load ${isPath ? "by path" : "by name"}. Bundle it into the module.`,
    );
  },
  load(url, context, nextLoad) {
    if (url === httpUrl) return { format: "module", source: httpSource(), shortCircuit: true };
    if (url === sdkUrl)
      return { format: "module", source: noteNames(url, readFileSync(sdk)), shortCircuit: true };
    if (!url.startsWith(root)) return nextLoad(url, context);
    const path = pathOf(url);
    const format = formats[extension(path)];
    if (format === undefined) {
      throw new LoadError(`${path} is no code that can be loaded (${Object.keys(formats).join(", ")})`);
    }
    return { format, source: noteNames(url, sourceOf(path)), shortCircuit: true };
  },
});

function attempt(resolve, throws) {
  try {
    return resolve();
  } catch (error) {
    if (throws) throw error;
    return null;
  }
}

function noteNames(url, source) {
  if (undiciExports.some((name) => source.includes(name))) namesUndici.add(url);
  return source;
}

function resolveOwn(url, specifier, context) {
  const required = context.conditions?.includes("require");
  const wanted = url.href.startsWith(root) ? pathOf(url.href) : null;
  const endings = ["", ".js", ".cjs", ".json", "/index.js", "/index.cjs"];
  const found = endings.slice(0, required ? undefined : 1).find((end) => Object.hasOwn(files, wanted + end));
  if (wanted !== null && found !== undefined) {
    url.pathname += found;
    return { url: url.href, format: formats[extension(wanted + found)], shortCircuit: true };
  }
  const near = Object.keys(files).find((path) => path.replace(/(\/index)?\.\w+$/, "") === wanted);
  throw new LoadError(
    `${nameOf(context.parentURL)} imports "${specifier}", but the module has no file ${wanted ?? fileURLToPath(url)}` +
      (near === undefined ? "" : `; did you mean ${near}?`),
  );
}

function sourceOf(path) {
  const [digest, blob] = files[path];
  let bytes;
  try {
    bytes = readFileSync(blob);
  } catch (error) {
    throw new LoadError(`${path} (${digest}) cannot be read from the store: ${error.code}`);
  }
  const found = `sha256:${hash("sha256", bytes)}`;
  if (found !== digest) {
    throw new LoadError(`${path} is damaged in the store: its digest is ${found}, not ${digest}`);
  }
  if (!/\.[mc]?ts$/.test(path)) return bytes;
  try {
    return stripTypeScriptTypes(bytes.toString("utf8"));
  } catch (error) {
    throw new LoadError(`${path} has TypeScript that cannot be stripped: ${error.message}`);
  }
}

// bubblewrap adds it.
if (process.env.PWD === "/") delete process.env.PWD;

// Against mistakes alone: this is the module's own realm, and nothing in it binds code that means harm. What does is
// outside of it (isolation/), and V8 ends the process when its frozen flags are set by another way.
const own = process.pid;
const kill = process._kill;
const value = (pid, signal) => (pid === own || pid === -own || pid === 0 ? kill(pid, signal) : -1);
Object.defineProperty(process, "_kill", { value });
delete process._debugProcess;
delete process.getBuiltinModule("node:os").setPriority;
process.getBuiltinModule("node:v8").setFlagsFromString = () => {
  throw Object.assign(new Error("V8's flags are set by the host"), { code: "ERR_ACCESS_DENIED" });
};

const egress = process.env.GRAFT_EGRESS_SOCKET;
if (egress) (await import("./connect-through-egress.mjs")).connectThroughEgress(egress);

try {
  await import(root + entry);
} catch (error) {
  if (!(error instanceof LoadError)) throw error;
  console.error(error.message);
  process.exit(1);
}
