import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { type Api, createApi, expectOk } from "./api.ts";
import { queryRows } from "./database.ts";
import { findChromium } from "./find-chromium.ts";
import { administrator, administratorEnv, createGroup, createPerson, signIn } from "./people.ts";
import { settle } from "./settle.ts";
import { endGraft, type RunningGraft, startGraft } from "./start-graft.ts";

/** Takes the README's pictures anew: `node e2e/support/take-screenshots.ts`. */
const folder = join(import.meta.dirname, "../../docs/screenshots");

const posts = [
  [
    "The new canteen opens on Monday",
    "Lunch from **11:30 to 14:00**, with two warm dishes, one of them *vegan*.",
    true,
  ],
  ["Summer party on 12 June", "From 17:00 in the courtyard. Bring whoever you like.", false],
  ["Lift in building C is repaired", "Thank you for your patience, and for the stairs you climbed.", false],
  ["Library: longer hours before the exams", "Open until 22:00 until the end of the month.", false],
] as const;

const polls = [
  ["Where shall the team day go?", ["A hike in the hills", "A boat trip", "A cooking class"]],
  ["Which day suits the weekly review?", ["Monday", "Wednesday", "Friday"]],
] as const;

const people = [
  ["ada", "person", "Ada Lovelace"],
  ["babbage", "person", "Charles Babbage"],
  ["engine", "machine", "Analytical Engine"],
  ["notes", "work", "Notes on the Engine"],
  ["menabrea", "person", "Luigi Menabrea"],
  ["loom", "machine", "Jacquard loom"],
] as const;
const relations = [
  ["ada", "wrote", "notes"],
  ["babbage", "designed", "engine"],
  ["notes", "describes", "engine"],
  ["menabrea", "described", "engine"],
  ["ada", "worked with", "babbage"],
  ["engine", "inspired by", "loom"],
] as const;

async function fill(graft: RunningGraft, api: Api): Promise<void> {
  for (const module of ["announcements", "polls", "graph-explorer"])
    await api.install(module, { mode: "everyone" });
  for (const name of ["Staff", "Library", "Research"]) await createGroup(graft, name);
  const groups = [["staff"], ["staff", "library"], ["research"]];
  const voters: string[] = [];
  for (const [i, name] of ["Mia Berg", "Jonas Weber", "Aiko Tanaka"].entries())
    voters.push((await createPerson(graft, { name, groups: groups[i] ?? [] })).id);
  const [first] = expectOk(await api.call("GET", "/users?query=ada")).items;
  await api.call("PATCH", `/users/${first.id}`, { name: administrator.name });
  const author = expectOk(await api.call("POST", "/tokens", { userId: first.id, name: "Writes" })).secret;
  const write = createApi(graft, author);
  for (const [title, body, pinned] of [...posts].reverse())
    expectOk(await write.call("POST", "/api/v1/announcements/posts", { title, body, pinned }));
  for (const [question, options] of polls)
    expectOk(await write.call("POST", "/api/v1/polls/polls", { question, options }));
  await vote(graft, api, [...voters, first.id]);
  for (const [id, type, name] of people)
    expectOk(await api.call("POST", "/api/v1/knowledge-graph/entities", { id, type, name }));
  for (const [from, type, to] of relations)
    expectOk(await api.call("POST", "/api/v1/knowledge-graph/relations", { type, from, to }));
  await fillHealth(graft);
}

/** A working day of minutes, with a slow hour in one module, so that the pictures have something to draw. */
async function fillHealth(graft: RunningGraft): Promise<void> {
  const hours = `extract(hour FROM minute) + extract(minute FROM minute) / 60`;
  const sql = `
    INSERT INTO graft.health_samples
      (module, minute, state, probes, failures, latency_ms_p50, latency_ms_max, rss_mb, requests, errors)
    SELECT module, minute, CASE WHEN slow THEN 'degraded' ELSE 'healthy' END, 6, 0,
      (CASE WHEN slow THEN 240 ELSE 1.4 + busy * 2 END) * (0.8 + random() * 0.4),
      (CASE WHEN slow THEN 900 ELSE 4 + busy * 9 END) * (0.8 + random() * 0.4),
      52 + busy * 9 + random() * 2, (busy * 40 * (0.7 + random() * 0.6))::int, 0
    FROM (
      SELECT module, minute, greatest(0.05, sin((${hours} - 6) / 12 * pi())) AS busy,
        module = 'polls' AND minute BETWEEN now() - interval '7 hours' AND now() - interval '6 hours' AS slow
      FROM unnest($1::text[]) AS module,
        generate_series(date_trunc('minute', now()) - interval '23 hours 50 minutes',
          date_trunc('minute', now()) - interval '2 minutes', interval '1 minute') AS minute
    ) AS day
    ON CONFLICT DO NOTHING`;
  await queryRows(graft, sql, [["announcements", "polls", "knowledge-graph", "graph-explorer"]]);
}

async function vote(graft: RunningGraft, api: Api, voters: string[]): Promise<void> {
  const { items } = expectOk(await api.call("GET", "/api/v1/polls/polls"));
  for (const [i, userId] of voters.entries()) {
    const { secret } = expectOk(await api.call("POST", "/tokens", { userId, name: "Votes" }));
    for (const [j, poll] of items.entries()) {
      const options = [poll.options[(i * i + j) % poll.options.length].id];
      expectOk(
        await createApi(graft, secret).call("PUT", `/api/v1/polls/polls/${poll.id}/vote`, { options }),
      );
    }
  }
}

async function take(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  await settle(page);
  await page.evaluate(() => document.fonts.ready);
  for (const frame of page.frames()) await frame.evaluate(() => document.fonts.ready);
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode().catch(() => {}))));
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
  console.log(`  ${name}.png`);
}

async function open(browser: Browser, graft: RunningGraft): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 2,
    colorScheme: "light",
    reducedMotion: "reduce",
    locale: "en-GB",
  });
  const page = await context.newPage();
  await signIn(page, graft, administrator);
  return page;
}

mkdirSync(folder, { recursive: true });
const graft = await startGraft({ env: administratorEnv });
const browser = await chromium.launch({ executablePath: await findChromium(), args: ["--no-sandbox"] });
try {
  const api = createApi(graft, graft.hostToken);
  await fill(graft, api);
  const page = await open(browser, graft);
  await take(page, `${graft.url}/`, "home");
  await take(page, `${graft.url}/admin/health`, "health");
  await take(page, `${graft.url}/admin/marketplace`, "marketplace");
  await api.apply(
    ["graph-explorer", "knowledge-graph"].map((module) => ({ action: "uninstall", module, data: "delete" })),
    ["graph-explorer", "knowledge-graph"],
  );
  const changes = [
    { action: "install", module: "graph-explorer", access: { mode: "groups", groups: ["staff"] } },
  ];
  const plan = expectOk(await api.call("POST", "/plans", { changes }));
  await take(page, `${graft.url}/admin/plans/${plan.id}`, "plan");
} finally {
  await browser.close();
  await endGraft(graft);
}
