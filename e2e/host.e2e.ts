import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "@playwright/test";
import { createApi } from "./support/api.ts";
import { postmaster } from "./support/database.ts";
import { administrator, administratorEnv, cookieOf, openAs } from "./support/people.ts";
import { descendants, isRunning, until } from "./support/processes.ts";
import { endGraft, type RunningGraft, startGraft } from "./support/start-graft.ts";
import { moduleProcesses } from "./support/take-stock.ts";

test.describe.configure({ mode: "serial" });
let graft: RunningGraft;
let dataDir: string;
const api = () => createApi(graft, graft.hostToken);

test.beforeAll(async () => {
  graft = await startGraft({ env: administratorEnv });
  dataDir = graft.dataDir;
  await api().install("announcements");
  await api().install("polls");
  await api().call("POST", "/api/v1/announcements/posts", { title: "Written before the restart" });
});
test.afterAll(() => endGraft(graft));

async function expectAllIsThere(): Promise<void> {
  await until(async () => (await api().call("GET", "/api/v1/announcements/posts")).status === 200);
  await until(async () => (await api().call("GET", "/api/v1/polls/polls")).status === 200);
  const { items } = (await api().call("GET", "/api/v1/announcements/posts")).body;
  expect(items.map((post: { title: string }) => post.title)).toEqual(["Written before the restart"]);
}

test("SIGTERM ends everything: no process, socket, lock or port is left", async () => {
  const processes = descendants(graft.pid);
  const sockets = moduleProcesses(graft.pid).map(({ socket }) => socket);
  expect(processes.length).toBeGreaterThan(3);
  expect(sockets).toHaveLength(2);
  expect(await graft.stop()).toBe(0);
  await until(() => ![graft.pid, ...processes].some(isRunning), 2000);
  for (const socket of sockets) await until(() => !existsSync(dirname(socket)), 2000);
  const left = readdirSync(dataDir);
  for (const name of ["host.lock", "host.json", "run"]) expect(left).not.toContain(name);
  expect(existsSync(join(dataDir, "postgres/postmaster.pid"))).toBe(false);
  await expect(fetch(graft.url)).rejects.toThrow();
});

test("the second start builds nothing, keeps everything and brings the modules up", async () => {
  graft = await startGraft({ dataDir });
  expect(graft.output()).not.toContain("Building");
  await expectAllIsThere();
  expect((await api().call("GET", "/modules")).body.items).toHaveLength(2);
});

test("after SIGKILL no module process outlives the host by more than two seconds", async () => {
  const modules = moduleProcesses(graft.pid);
  const { pid: postgres } = postmaster(graft);
  expect(modules).toHaveLength(2);
  await graft.kill();
  await until(() => !modules.some(({ pid }) => isRunning(pid)), 2000);
  await until(() => !modules.some(({ socket }) => existsSync(socket)), 5000);
  expect(isRunning(postgres)).toBe(true);

  graft = await startGraft({ dataDir });
  expect(postmaster(graft).pid).toBe(postgres);
  await expectAllIsThere();
});

async function outcomeOf(options: Parameters<typeof startGraft>[0]): Promise<string> {
  const started = await startGraft(options).catch((error: Error) => error.message);
  if (typeof started === "string") return started;
  await endGraft(started);
  throw new Error("It started.");
}

test("a second host on the same data directory is refused and harms nothing", async () => {
  const said = await outcomeOf({ dataDir });
  expect(said).toContain("Graft ended with 1");
  expect(said).toContain(`Graft is running already on ${dataDir} (process ${graft.pid}).`);
  await expectAllIsThere();
});

test("a taken port is named, with what to do, and the exit status is 1", async () => {
  const other = mkdtempSync(join(tmpdir(), "graft-e2e-"));
  const { port } = new URL(graft.url);
  const said = await outcomeOf({ dataDir: other, env: { PORT: port } });
  expect(said).toContain("Graft ended with 1");
  expect(said).toContain(`Port ${port} on 127.0.0.1 is taken by another program.`);
  expect(said).toContain("Set PORT");
  expect(said).not.toMatch(/\n\s+at /);
  expect(readdirSync(other)).toEqual([]);
  rmSync(other, { recursive: true });
});

test("a data directory that cannot be written is named, with what to do", async () => {
  const folder = mkdtempSync(join(tmpdir(), "graft-e2e-"));
  const file = join(folder, "in-the-way");
  writeFileSync(file, "kept");
  const paths = [join(file, "below"), file, ...(existsSync("/proc") ? ["/proc/graft"] : [])];
  for (const path of paths) {
    const said = await outcomeOf({ dataDir: path });
    expect(said).toContain("Graft ended with 1");
    expect(said).toContain(`Graft cannot write to its data directory ${path}`);
    expect(said).toContain("GRAFT_DATA_DIR");
    expect(said).not.toMatch(/\n\s+at /);
  }
  expect(readFileSync(file, "utf8")).toBe("kept");
  rmSync(folder, { recursive: true });
});

test("wrong settings are listed all at once", async () => {
  const folder = mkdtempSync(join(tmpdir(), "graft-e2e-"));
  const said = await outcomeOf({
    dataDir: folder,
    env: { PORT: "many", GRAFT_URL: "somewhere", GRAFT_CATALOGS: "builtin,ftp:x", GRAFT_LOG_LEVEL: "loud" },
  });
  for (const name of ["PORT", "GRAFT_URL", "GRAFT_CATALOGS", "GRAFT_LOG_LEVEL"]) expect(said).toContain(name);
  rmSync(folder, { recursive: true });
});

test("PostgreSQL away: errors say so; the host starts it again and everything works with no restart", async ({
  browser,
}) => {
  const page = await openAs(browser, graft, administrator, "/admin/users");
  const cookie = await cookieOf(page);
  const { pid } = postmaster(graft);
  // Without its settings it cannot start again; with them the host brings it back.
  const conf = join(graft.dataDir, "postgres/postgresql.conf");
  renameSync(conf, `${conf}.away`);
  process.kill(pid, "SIGINT");
  await until(() => !isRunning(pid));

  const ready = await createApi(graft, "").call("GET", "/readyz");
  expect(ready.status).toBe(503);
  expect(ready.body.problems.join()).toContain("PostgreSQL");
  expect((await fetch(`${graft.url}/healthz`)).status).toBe(200);
  const users = await api().call("GET", "/users");
  expect({ status: users.status, code: users.body.code }).toEqual({
    status: 503,
    code: "DATABASE_UNREACHABLE",
  });
  const posts = await api().call("GET", "/api/v1/announcements/posts");
  // Modules have a server of their own.
  expect(posts.status).toBe(200);
  expect(posts.headers.get("content-type")).toContain("json");
  const answer = await page.goto(`${graft.url}/admin/users`);
  expect(answer?.status()).toBeGreaterThanOrEqual(500);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText(/Error: |\bat .*\.(ts|js):/);

  renameSync(`${conf}.away`, conf);
  await until(async () => (await fetch(`${graft.url}/readyz`)).status === 200, 30_000);
  await expectAllIsThere();
  expect((await api().call("GET", "/users")).status).toBe(200);
  expect((await fetch(`${graft.url}/api/v1/graft/me`, { headers: { cookie } })).status).toBe(200);
  await page.goto(`${graft.url}/admin/users`);
  await expect(page.getByRole("table", { name: "Users" })).toBeVisible();
  // A change still reaches the pages: the connection that listens is up again too.
  await api().call("PUT", "/modules/announcements/access", { mode: "everyone" });
  await page.goto(graft.url);
  await expect(page.getByRole("region", { name: "Announcements" })).toBeVisible();
  await page.context().close();
  const { pid: now } = postmaster(graft);
  await graft.stop();
  expect(isRunning(now)).toBe(false);
});
