// Search, neighbours, paths and import of the knowledge graph at 100,000 entities, through the module's own HTTP server.
// `node --import ./sdk/testing/resolve-sdk.ts bench/knowledge-graph.ts [entities]`; PostgreSQL is the embedded one, or
// the server at DATABASE_URL (its role must be allowed to create databases).
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../engine/core/postgres/index.ts";
import { type RunningModule, startModule } from "../sdk/testing/index.ts";

const entities = Number(process.argv[2] ?? 100_000);
const relationsEach = 3;
const runs = 200;
const warmups = 20;

const syllables =
  "an bel cor dan el far gri hol in jor kal lun mar nor ol per quin ros sel tor ul ver win yor zan".split(
    " ",
  );
const fields = "physics chemistry logic music history law poetry biology statistics astronomy".split(" ");
const types = ["person", "place", "work", "organisation", "event"];

/** The same numbers in every run (mulberry32), so that runs can be compared. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
const random = createRandom(42);
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
const word = () => Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(syllables)).join("");
const title = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
/** Few entities have many relations, as in real graphs. */
const popular = () => Math.floor(random() ** 3 * entities);

const names = Array.from({ length: entities }, () => `${title(word())} ${title(word())}`);

function* lines(): Iterable<string> {
  for (let i = 0; i < entities; i++) {
    const properties = {
      field: pick(fields),
      year: 1500 + Math.floor(random() * 500),
      note: `${word()} ${word()}`,
    };
    yield JSON.stringify({ kind: "entity", id: `e${i}`, type: pick(types), name: names[i], properties });
  }
  for (let i = 0; i < entities * relationsEach; i++)
    yield JSON.stringify({
      kind: "relation",
      from: `e${i % entities}`,
      to: `e${popular()}`,
      type: pick(["knows", "wrote", "near"]),
    });
}

function misspell(name: string): string {
  const at = 2 + Math.floor(random() * (name.length - 3));
  return name.slice(0, at) + name.slice(at + 1);
}

async function measure(module: RunningModule, label: string, path: () => string): Promise<void> {
  const times: number[] = [];
  let items = 0;
  for (let i = 0; i < runs + warmups; i++) {
    const target = path();
    const from = performance.now();
    const response = await module.fetch({ userId: "bench", name: "Bench" }, target);
    const text = await response.text();
    const ms = performance.now() - from;
    if (!response.ok) throw new Error(`${target} answered ${response.status}: ${text}`);
    if (i < warmups) continue;
    times.push(ms);
    const body = JSON.parse(text) as { items?: unknown[]; neighbours?: unknown[]; entities?: unknown[] };
    items += (body.items ?? body.neighbours ?? body.entities ?? []).length;
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(1).padStart(8);
  console.log(`${label.padEnd(44)}${at(0.5)}${at(0.95)}${at(1)}   ${(items / runs).toFixed(1).padStart(7)}`);
}

async function load(module: RunningModule): Promise<void> {
  const body = [...lines()].join("\n");
  const from = performance.now();
  const response = await module.fetch({ userId: "bench", name: "Bench" }, "/v1/import", {
    method: "POST",
    body,
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  const seconds = (performance.now() - from) / 1000;
  const count = entities * (1 + relationsEach);
  console.log(
    `import of ${count} lines (${(body.length / 1e6).toFixed(0)} MB): ${seconds.toFixed(1)} s, ${Math.round(count / seconds)} lines/s`,
  );
}

const dir = await mkdtemp(join(tmpdir(), "graft-bench-"));
const postgres = process.env.DATABASE_URL
  ? null
  : await startEmbeddedPostgres({ dir: join(dir, "postgres") });
const postgresUrl = process.env.DATABASE_URL ?? postgres?.url ?? "";
const module = await startModule(join(import.meta.dirname, "../modules/knowledge-graph"), { postgresUrl });
try {
  console.log(
    `${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`,
  );
  await load(module);
  console.log(`\n${entities} entities, ${entities * relationsEach} relations`);
  console.log(`${"ms".padEnd(44)}     p50     p95     max   results`);
  const search = (query: string) => `/v1/entities?query=${encodeURIComponent(query)}`;
  await measure(module, "search: full name", () => search(pick(names)));
  await measure(module, "search: first four letters", () => search(pick(names).slice(0, 4)));
  await measure(module, "search: first two letters", () => search(pick(names).slice(0, 2)));
  await measure(module, "search: a word in properties", () => search(pick(fields)));
  await measure(module, "search: a letter left out", () => search(misspell(pick(names))));
  await measure(
    module,
    "search: a letter left out, one type",
    () => `${search(misspell(pick(names)))}&type=${pick(types)}`,
  );
  const anyone = () => `e${Math.floor(random() * entities)}`;
  await measure(module, "list: first page", () => "/v1/entities");
  await measure(module, "neighbours: one hop", () => `/v1/entities/${anyone()}/neighbours`);
  await measure(module, "neighbours: two hops", () => `/v1/entities/${anyone()}/neighbours?depth=2`);
  await measure(
    module,
    "neighbours: two hops of the best connected",
    () => `/v1/entities/e${Math.floor(random() * 20)}/neighbours?depth=2`,
  );
  await measure(
    module,
    "neighbours: two hops, up to 1000",
    () => `/v1/entities/${anyone()}/neighbours?depth=2&limit=1000`,
  );
  await measure(module, "shortest path", () => `/v1/paths?from=${anyone()}&to=${anyone()}`);
  await measure(module, "counts by type", () => "/v1/stats");
} finally {
  await module.stop();
  await postgres?.stop();
  await rm(dir, { recursive: true, force: true });
}
