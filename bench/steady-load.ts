import { Pool } from "undici";

export interface Sample {
  /** `performance.now()` when the answer was whole. */
  at: number;
  ms: number;
}

/** Requests without a pause on `connections` connections until `stop`; keeps every latency and every failure. */
export function startLoad(options: { url: string; headers: Record<string, string>; connections: number }) {
  const { origin, pathname, search } = new URL(options.url);
  const pool = new Pool(origin, { connections: options.connections });
  const samples: Sample[] = [];
  const failures: string[] = [];
  let going = true;
  async function worker() {
    while (going) {
      const from = performance.now();
      try {
        const { statusCode, body } = await pool.request({
          path: pathname + search,
          method: "GET",
          headers: options.headers,
        });
        const text = await body.text();
        if (statusCode !== 200) failures.push(`${statusCode} ${text.slice(0, 300)}`);
      } catch (error) {
        failures.push(String(error));
      }
      const at = performance.now();
      samples.push({ at, ms: at - from });
    }
  }
  const workers = Array.from({ length: options.connections }, worker);
  return {
    samples,
    failures,
    async stop() {
      going = false;
      await Promise.all(workers);
      await pool.close();
    },
  };
}
