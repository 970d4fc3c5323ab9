import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { IsolationLayer } from "../../../contract/isolation.ts";
import { silentLog } from "../../core/index.ts";
import { awaitListening } from "../runtime/await-listening.ts";
import { type Launcher, startLauncher } from "../runtime/launcher.ts";
import { isAlive, until } from "../runtime/testing/ask.ts";
import { startWatchdog, type Watchdog } from "../runtime/watchdog.ts";
import { createIsolation, type Isolation, type Place } from "./index.ts";

// What holds without Node's permission model and without anything in the module's realm: each attack is a plain program.
const drivers = [
  { name: "node", driver: "node", allowed: { bubblewrap: false, accounts: false } },
  { name: "node with an account", driver: "account", allowed: { bubblewrap: false, accounts: true } },
  { name: "node in bubblewrap", driver: "bubblewrap", allowed: { bubblewrap: true, accounts: false } },
  {
    name: "node in bubblewrap with an account",
    driver: "bubblewrap",
    allowed: { bubblewrap: true, accounts: true },
    asRoot: true,
  },
];

/** Succeeds, or throws what the kernel said. */
const attacks: Record<string, { layer: IsolationLayer["name"]; code: string }> = {
  "look for the host's process": { layer: "processes", code: "process.kill(Number(process.env.HOST), 0)" },
  "read what every account may read": { layer: "files", code: "fs.readFileSync('/etc/passwd')" },
  "connect to a port of this machine": {
    layer: "network",
    code: "await connected({ port: Number(process.env.TCP), host: '127.0.0.1' })",
  },
  "listen on a port": { layer: "network", code: "await listening(0)" },
  "put a link in the place of its socket": {
    layer: "system-calls",
    code: "fs.symlinkSync('/run/other.sock', process.env.GRAFT_SOCKET)",
  },
  "be the host's account": { layer: "account", code: "fs.readFileSync(process.env.SECRET)" },
};

const prelude = `
import fs from "node:fs"; import net from "node:net";
const connected = (to) => new Promise((ok, no) => net.connect(to, ok).on("error", no));
const listening = (at) => new Promise((ok, no) => net.createServer().on("error", no).listen(at, "127.0.0.1", ok));
`;

describe.each(drivers)("$name", ({ name, driver, allowed, asRoot }) => {
  let dir: string;
  let isolation: Isolation;
  let launcher: Launcher;
  let watchdog: Watchdog;
  let outside: Server;
  let hostSocket: Server;
  let env: Record<string, string>;
  let available: boolean;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "graft-drivers-"));
    const file = (base: string, content: string, mode: number) => {
      writeFileSync(join(dir, base), content, { mode });
      return join(dir, base);
    };
    const code = file("code.mjs", "export default 1;", 0o644);
    isolation = createIsolation({
      ...{ log: silentLog, dir, mode: "auto", nodePath: process.execPath, accountsFile: null, allowed },
      ...{ bootstrapPath: code, egressPath: code, sdkServerPath: code, blobPath: () => code },
    });
    watchdog = startWatchdog(dir, silentLog);
    let n = 0;
    launcher = startLauncher({ ioPath: () => join(dir, `${++n}.io`), watchdog, log: silentLog });
    const serve = () => createServer((socket) => socket.on("error", () => {}).end("served"));
    outside = serve();
    hostSocket = serve();
    await new Promise<void>((done) => outside.listen(0, "127.0.0.1", done));
    await new Promise<void>((done) => hostSocket.listen(join(dir, "h.sock"), done));
    const { port } = outside.address() as { port: number };
    env = {
      ...{ HOST: String(process.pid), TCP: String(port), SECRET: file("secret", "s", 0o600) },
      ...{ GRAFT_HOST_SOCKET: join(dir, "h.sock") },
      DATABASE_URL: `postgresql://m:p@127.0.0.1:${port}/d?schema=m_x`,
    };
    available = (await isolation.view()).driver === driver && (!asRoot || process.getuid?.() === 0);
    if (!available) console.warn(`not on this machine: ${name}`);
  });
  afterAll(async () => {
    await launcher.close();
    await watchdog.close();
    outside.close();
    hostSocket.close();
    rmSync(dir, { recursive: true, force: true });
  });

  async function run(place: Place, code: string) {
    const args = ["--input-type=module", "-e", `${prelude}\n${code}`];
    return launcher.launch({ ...place.command(args), env: place.env });
  }
  const take = () => isolation.place({ module: "probe", env, code: [], network: [], note: () => {} });

  /** What the program says last. */
  async function result(code: string): Promise<string> {
    const place = await take();
    try {
      const { stdin, stdout, stderr } = await run(
        place,
        `try { ${code}; console.log("done"); } catch (e) { console.log(e.code ?? e.message); } process.exit();`,
      );
      stdin.end();
      const [said, complaint] = await Promise.all([text(stdout), text(stderr)]);
      return said.trim() || complaint;
    } finally {
      await place.close();
    }
  }

  test.for(Object.entries(attacks))("says truly whether it can %s", async ([, attack], { skip }) => {
    if (!available) skip(`not on this machine: ${name}`);
    const layer = (await isolation.view()).layers.find((each) => each.name === attack.layer);
    const said = await result(attack.code);
    if (layer?.heldBy === "kernel") expect(said).toMatch(/^(EACCES|EPERM|ESRCH|ENOENT|EROFS)$/);
    else expect(said).toBe("done");
  });

  test("reaches the host through what it was handed", async ({ skip }) => {
    if (!available) skip(`not on this machine: ${name}`);
    expect(await result("await connected(process.env.GRAFT_HOST_SOCKET)")).toBe("done");
  });

  test("reaches its database through what it was handed", async ({ skip }) => {
    if (!available) skip(`not on this machine: ${name}`);
    const code = `const url = new URL(process.env.DATABASE_URL), dir = url.searchParams.get("host");
      if (url.searchParams.get("schema") !== "m_x") throw new Error(url.search);
      await connected(dir ? dir + "/.s.PGSQL." + url.port : { port: url.port, host: url.hostname })`;
    expect(await result(code)).toBe("done");
  });

  test("a program that listens passes, is signalled, and leaves nothing", async ({ skip }) => {
    if (!available) skip(`not on this machine: ${name}`);
    const place = await take();
    const child = await run(place, "net.createServer().listen(process.env.GRAFT_SOCKET)");
    expect(await awaitListening(place.socket, 10_000, new AbortController().signal)).toBe(true);
    place.seal();
    expect(isAlive(child.pid)).toBe(true);
    const [, title] = /^Name:\s+(.*)$/m.exec(readFileSync(`/proc/${child.pid}/status`, "utf8")) ?? [];
    expect(title).not.toContain("bwrap");
    process.kill(child.pid, "SIGTERM");
    const begin = performance.now();
    const { code, signal } = await child.ended;
    // Of a shell's kind where bubblewrap reports it.
    expect(signal ?? code).toBe(driver === "bubblewrap" ? 128 + 15 : "SIGTERM");
    expect(performance.now() - begin).toBeLessThan(4_000);
    await until(() => !isAlive(child.pid));
    await place.close();
    const left = readdirSync(dir).filter((each) => /^[0-9a-f]{12}/.test(each));
    expect(left).toEqual([]);
  });

  test("a socket that is not its own does not pass", async ({ skip }) => {
    if (!available) skip(`not on this machine: ${name}`);
    const place = await take();
    const links = `for (const link of ["symlinkSync", "linkSync"]) {
      try { fs[link](process.env.GRAFT_HOST_SOCKET, process.env.GRAFT_SOCKET); break; } catch {}
    }`;
    const child = await run(place, links);
    await child.ended;
    expect(() => place.seal()).toThrow();
    await place.close();
  });

  test("no signal of its own keeps its end from being seen", async ({ skip }) => {
    if (!available) skip(`not on this machine: ${name}`);
    const place = await take();
    const child = await run(place, "process.kill(0, 'SIGSTOP'); setInterval(() => {}, 1000)");
    await new Promise((resolve) => setTimeout(resolve, 300));
    process.kill(child.pid, "SIGKILL");
    await child.ended;
    await place.close();
  });
});
