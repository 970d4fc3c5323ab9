import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Pool } from "undici";

export interface LoadOptions {
  url: string;
  headers: Record<string, string>;
  connections: number;
  seconds: number;
  /** Posted; without it requests are GET. */
  body?: string;
}

export interface LoadResult {
  requestsPerSecond: number;
  latencyMsP50: number;
}

const run = promisify(execFile);
const hasWrk = run("wrk", ["-v"]).then(
  () => true,
  // wrk -v ends with status 1.
  (error: NodeJS.ErrnoException) => error.code !== "ENOENT",
);

export async function loaderName(): Promise<string> {
  return (await hasWrk) ? "wrk" : "undici (in this process: slower than wrk, so ratios look better)";
}

/** Keeps `connections` requests going for `seconds`. @throws when an answer is not 2xx */
export async function load(options: LoadOptions): Promise<LoadResult> {
  return (await hasWrk) ? loadWithWrk(options) : loadWithUndici(options);
}

async function loadWithWrk(options: LoadOptions): Promise<LoadResult> {
  const { url, headers, connections, seconds, body } = options;
  const script = join(tmpdir(), `graft-load-${process.pid}.lua`);
  if (body !== undefined)
    await writeFile(script, `wrk.method = "POST"\nwrk.body = ${JSON.stringify(body)}\n`);
  const flags = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const args = [
    "-t1",
    `-c${connections}`,
    `-d${Math.ceil(seconds)}s`,
    "--latency",
    ...flags,
    ...(body === undefined ? [] : ["-s", script]),
    url,
  ];
  const { stdout } = await run("wrk", args);
  if (stdout.includes("Non-2xx")) throw new Error(`not every answer was 2xx:\n${stdout}`);
  const [, p50 = "", unit = ""] = /50%\s+([0-9.]+)(us|ms|s)/.exec(stdout) ?? [];
  const [, rps = ""] = /Requests\/sec:\s+([0-9.]+)/.exec(stdout) ?? [];
  return {
    requestsPerSecond: Number(rps),
    latencyMsP50: Number(p50) * { us: 0.001, ms: 1, s: 1000 }[unit as "us"],
  };
}

async function loadWithUndici(options: LoadOptions): Promise<LoadResult> {
  const { url, headers, connections, seconds, body: posted } = options;
  const method = posted === undefined ? "GET" : "POST";
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections });
  const latencies: number[] = [];
  const until = performance.now() + seconds * 1000;
  const worker = async () => {
    while (performance.now() < until) {
      const begun = performance.now();
      const { statusCode, body } = await pool.request({
        path: pathname,
        method,
        headers,
        ...(posted === undefined ? {} : { body: posted }),
      });
      await body.dump();
      if (statusCode >= 300) throw new Error(`answered ${statusCode}`);
      latencies.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  await pool.close();
  latencies.sort((a, b) => a - b);
  return {
    requestsPerSecond: latencies.length / seconds,
    latencyMsP50: latencies[Math.floor(latencies.length / 2)] ?? Number.NaN,
  };
}
