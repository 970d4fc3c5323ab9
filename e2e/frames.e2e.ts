import { expect, type Locator, type Page, test } from "@playwright/test";
import { findFrame } from "./support/find-frame.ts";
import { administrator, openAs } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";
import { makeCatalog, writeModule } from "./support/write-module.ts";

const catalog = makeCatalog();
const html = (script: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title>
   <script type="module" src="${script}"></script></head><body><main></main></body></html>`;
const connected = `import { connect } from "/frames/sdk/v1.js"; const graft = await connect();
  const main = document.querySelector("main");`;

const widgets: Record<string, string> = {
  good: `${connected} main.innerHTML = "<p id=who></p><p id=scheme></p><button>Say hello</button>";
    document.querySelector("#who").textContent = graft.user.name;
    const show = (theme) => { document.querySelector("#scheme").textContent = theme.scheme; };
    show(graft.theme); graft.onTheme(show);
    document.querySelector("button").onclick = () => {
      for (let i = 0; i < 9; i += 1) graft.toast("Hello <b>" + i + "</b>");
      graft.badge(7);
    };
    graft.ready();`,
  throws: `${connected} null.property;`,
  silent: `document.querySelector("main").textContent = "Never connects.";`,
  hangs: `${connected} main.textContent = "Works for a moment."; graft.ready();
    setTimeout(() => { for (;;); }, 500);`,
  late: `${connected} main.textContent = "Still here."; graft.ready();
    setTimeout(() => Promise.reject(new Error("lost")), 100);`,
  reaches: `${connected} const paths = ["/v1/../graft/users", "/v1/%2e%2e/graft/users", "//elsewhere/v1/x", "/api/v1/graft/users"];
    const seen = await Promise.all(paths.map((path) => graft.fetch(path).then((r) => r.status, () => "refused")));
    main.textContent = seen.join(" "); graft.ready();`,
};
writeModule(catalog, "frame-lab", {
  manifest: {
    type: "widget",
    widgets: Object.keys(widgets).map((id) => ({ id, title: id, entry: `client/${id}.html` })),
  },
  files: Object.fromEntries(
    Object.entries(widgets).flatMap(([id, script]) => [
      [`client/${id}.html`, html(`${id}.js`)],
      [`client/${id}.js`, script],
    ]),
  ),
});
writeModule(catalog, "maze", {
  manifest: {
    type: "plugin",
    pages: [
      { path: "/", title: "Maze", entry: "client/maze.html" },
      { path: "/exit", title: "Exit", entry: "client/exit.html" },
    ],
  },
  files: {
    "client/maze.html": html("maze.js"),
    "client/maze.js": `${connected} const born = String(Math.random());
      main.innerHTML = "<p id=path></p><p id=born></p><button>Room 1</button><button>Room 2</button><button>Exit</button>";
      const show = () => { document.querySelector("#path").textContent = graft.path; graft.title(graft.path); };
      document.querySelector("#born").textContent = born;
      const to = ["/room/1", "/room/2?x=a b", "/exit"];
      document.querySelectorAll("button").forEach((button, i) => {
        button.onclick = () => { graft.navigate(to[i]); show(); };
      });
      graft.onPath(show); show(); graft.ready();`,
    "client/exit.html": html("exit.js"),
    "client/exit.js": `${connected} main.textContent = "Out."; graft.ready();`,
  },
});

const host = serveGraft({
  env: { GRAFT_CATALOGS: `builtin,dir:${catalog}` },
  async prepare({ api }) {
    await api.install("announcements", { mode: "everyone" });
    for (const title of ["The canteen opens", "The lift is repaired"])
      await api.call("POST", "/api/v1/announcements/posts", { title, body: "Today." });
    await api.install("frame-lab", { mode: "everyone" });
    await api.install("maze", { mode: "everyone" });
  },
});
let page: Page;
const widget = (title: string): Locator => page.getByRole("region", { name: title, exact: true });

test.beforeAll(async ({ browser }) => {
  page = await openAs(browser, host.graft, administrator);
});

test("a widget knows its user and follows the theme of the host", async () => {
  const frame = await findFrame(page, "good");
  await expect(frame.locator("#who")).toHaveText(administrator.name);
  await expect(frame.locator("#scheme")).toHaveText("light");
  await page.getByRole("button", { name: `Account of ${administrator.name}` }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(frame.locator("#scheme")).toHaveText("dark");
});

test("a widget's toasts are text, name the module, and cannot flood the page", async () => {
  const frame = await findFrame(page, "good");
  await page.keyboard.press("Escape");
  await frame.getByRole("button", { name: "Say hello" }).click();
  await expect(widget("good").getByText("7 new")).toBeVisible();
  const toasts = page.getByRole("listitem").filter({ hasText: "Hello <b>" });
  await expect(toasts).toHaveCount(3);
  await expect(toasts.first()).toContainText("Frame lab");
});

test("a widget that throws or never speaks is replaced by a notice with Retry", async () => {
  await expect(widget("throws").getByRole("alert")).toContainText("It ran into an error.");
  await expect(widget("silent").getByRole("alert")).toContainText("It did not start in time.");
  await expect(widget("silent").locator("iframe")).toHaveCount(0);
  await widget("silent").getByRole("button", { name: "Retry" }).click();
  await expect(widget("silent").locator("iframe")).toHaveCount(1);
});

test("a widget that hangs harms neither the page nor the others", async () => {
  await expect(widget("hangs").getByRole("alert")).toContainText("It stopped responding.", {
    timeout: 20_000,
  });
  await expect(widget("hangs").locator("iframe")).toHaveCount(0);
  const frame = await findFrame(page, "good");
  await expect(frame.locator("#who")).toHaveText(administrator.name);
  await expect(widget("good").getByRole("alert")).toHaveCount(0);
  await page.getByRole("button", { name: "Go to…" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
});

test("a widget that fails after it was ready stays, with a word about it", async () => {
  const frame = await findFrame(page, "late");
  await expect(frame.locator("main")).toHaveText("Still here.");
  await expect(widget("late").getByRole("alert")).toContainText("Something in here failed.");
  await widget("late").getByRole("button", { name: "Dismiss" }).click();
  await expect(widget("late").getByRole("alert")).toHaveCount(0);
});

test("a widget's requests reach its own API alone", async () => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.reload();
  const frame = await findFrame(page, "reaches");
  await expect(frame.locator("main")).toHaveText("refused refused refused refused");
  expect(asked.filter((url) => url.includes("/graft/users") || url.includes("elsewhere"))).toEqual([]);
});

test("a deep link reaches the frame, and back and forward move it without loading it anew", async () => {
  await page.goto(`${host.graft.url}/m/maze/room/1`);
  let frame = await findFrame(page, "Maze: Maze");
  await expect(frame.locator("#path")).toHaveText("/room/1");
  await expect(page).toHaveTitle("/room/1 · Maze · Graft");
  const born = await frame.locator("#born").textContent();

  await frame.getByRole("button", { name: "Room 2" }).click();
  await expect(page).toHaveURL(`${host.graft.url}/m/maze/room/2?x=a%20b`);
  await expect(page).toHaveTitle("/room/2?x=a b · Maze · Graft");
  await page.goBack();
  await expect(frame.locator("#path")).toHaveText("/room/1");
  await expect(page).toHaveTitle("/room/1 · Maze · Graft");
  await page.goForward();
  await expect(frame.locator("#path")).toHaveText("/room/2?x=a%20b");
  await expect(frame.locator("#born")).toHaveText(born ?? "");

  await frame.getByRole("button", { name: "Exit" }).click();
  frame = await findFrame(page, "Maze: Exit");
  await expect(frame.locator("main")).toHaveText("Out.");
  await expect(page).toHaveURL(`${host.graft.url}/m/maze/exit`);
  await page.goBack();
  frame = await findFrame(page, "Maze: Maze");
  await expect(frame.locator("#path")).toHaveText("/room/2?x=a%20b");
});

test("Ctrl-K opens the palette from inside a frame, and Escape leads back into it", async () => {
  await page.goto(`${host.graft.url}/m/maze/room/1`);
  const frame = await findFrame(page, "Maze: Maze");
  await frame.getByRole("button", { name: "Room 1" }).click();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Control+k");
  const search = page.getByRole("dialog").getByRole("combobox");
  await expect(search).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("IFRAME");
  await expect(frame.getByRole("button", { name: "Room 2" })).toBeFocused();
  // Whatever was in use there is again.
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${host.graft.url}/m/maze/room/2?x=a%20b`);
});

test("the palette finds each page of a plugin, and back leads to where one was", async () => {
  await page.goto(`${host.graft.url}/m/maze/room/1`);
  await findFrame(page, "Maze: Maze");
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").fill("exit");
  await expect(page.getByRole("option").first()).toContainText("MazeExit");
  await page.keyboard.press("Enter");
  await findFrame(page, "Maze: Exit");
  await expect(page).toHaveTitle("Exit · Maze · Graft");
  await page.goBack();
  await expect((await findFrame(page, "Maze: Maze")).locator("#path")).toHaveText("/room/1");
});

test("what a list is searched for is in its address: back finds it so, and a link does too", async () => {
  await page.goto(`${host.graft.url}/m/announcements`);
  const frame = await findFrame(page, "Announcements: Announcements");
  await frame.getByRole("searchbox").fill("lift");
  await expect(page).toHaveURL(`${host.graft.url}/m/announcements?query=lift`);
  await expect(frame.getByRole("article")).toHaveCount(1);
  await frame.getByRole("button", { name: "The lift is repaired" }).click();
  await expect(page).toHaveTitle("The lift is repaired · Announcements · Graft");
  await page.goBack();
  await expect(frame.getByRole("searchbox")).toHaveValue("lift");
  await page.reload();
  const again = await findFrame(page, "Announcements: Announcements");
  await expect(again.getByRole("article")).toHaveCount(1);
  await expect(again.getByRole("searchbox")).toHaveValue("lift");
  // Each letter was no step of its own.
  await page.goBack();
  await expect(page).toHaveURL(`${host.graft.url}/m/maze/room/1`);
});
