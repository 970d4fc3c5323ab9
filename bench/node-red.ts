/**
 * The peer in bench/install.ts: what Node-RED takes from the upload of a node's package and the deployment of its flow to
 * the first 200 from its route, without tables, migrations, a process of its own or isolation.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const dir = mkdtempSync(join(tmpdir(), "graft-peer-"));
const port = 20_000 + Math.floor(Math.random() * 20_000);
const url = `http://127.0.0.1:${port}`;

function prepare(): void {
  writeFileSync(join(dir, "package.json"), '{ "private": true }');
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--silent", "node-red@5"], {
    cwd: dir,
    stdio: "inherit",
  });
  const user = join(dir, "user");
  const node = join(dir, "node");
  mkdirSync(user);
  mkdirSync(node);
  const nodes = { version: ">=3.0.0", nodes: { bench: "bench.js" } };
  const manifest = {
    name: "node-red-contrib-bench",
    version: "1.0.0",
    keywords: ["node-red"],
    "node-red": nodes,
  };
  writeFileSync(join(node, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(node, "bench.html"), '<script type="text/html" data-template-name="bench"></script>');
  writeFileSync(
    join(node, "bench.js"),
    'module.exports = (RED) => RED.nodes.registerType("bench", function (c) { RED.nodes.createNode(this, c); this.on("input", (m, send) => { m.payload = { items: [] }; send(m); }); });',
  );
  execFileSync("npm", ["pack", "--silent"], { cwd: node, stdio: "ignore" });
  writeFileSync(
    join(dir, "settings.js"),
    `module.exports = { uiPort: ${port}, uiHost: "127.0.0.1", userDir: ${JSON.stringify(user)}, logging: { console: { level: "off" } } };`,
  );
}

async function call(method: string, path: string, body?: unknown): Promise<void> {
  const headers = { "content-type": "application/json", "node-red-api-version": "v1" };
  const answer = await fetch(url + path, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
}

async function upload(): Promise<void> {
  const form = new FormData();
  const tarball = readFileSync(join(dir, "node/node-red-contrib-bench-1.0.0.tgz"));
  form.set("tarball", new Blob([tarball], { type: "application/gzip" }), "node-red-contrib-bench-1.0.0.tgz");
  const answer = await fetch(`${url}/nodes`, { method: "POST", body: form });
  if (!answer.ok) throw new Error(`upload: ${answer.status} ${await answer.text()}`);
}

const flow = [
  { id: "f", type: "tab", label: "bench" },
  { id: "a", type: "http in", z: "f", url: "/bench", method: "get", wires: [["b"]] },
  { id: "b", type: "bench", z: "f", wires: [["c"]] },
  { id: "c", type: "http response", z: "f", wires: [] },
];

async function until(path: string, status: number): Promise<void> {
  for (let tries = 0; tries < 20_000; tries++) {
    const answer = await fetch(url + path).catch(() => null);
    if (answer?.status === status) return;
    await sleep(1);
  }
  throw new Error(`${path} never answered ${status}`);
}

/** Milliseconds of each run. Installs Node-RED from the npm registry into a temporary folder. */
export async function measureNodeRed(runs: number): Promise<number[]> {
  let child: ChildProcess | undefined;
  try {
    prepare();
    child = spawn(
      process.execPath,
      [join(dir, "node_modules/node-red/red.js"), "--settings", join(dir, "settings.js")],
      { stdio: "ignore" },
    );
    await until("/", 200);
    await sleep(2000);
    const times: number[] = [];
    for (let run = 0; run < runs + 2; run++) {
      await call("POST", "/flows", []);
      await fetch(`${url}/nodes/node-red-contrib-bench`, { method: "DELETE" });
      await until("/bench", 404);
      const from = performance.now();
      await upload();
      await call("POST", "/flows", flow);
      await until("/bench", 200);
      if (run >= 2) times.push(performance.now() - from);
    }
    return times;
  } finally {
    child?.kill("SIGKILL");
    rmSync(dir, { recursive: true, force: true });
  }
}
