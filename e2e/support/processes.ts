import { readdirSync, readFileSync } from "node:fs";

/** Processes (not zombies) of which `pid` is the parent or an ancestor, from /proc. */
export function descendants(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync("/proc")) {
    const stat = /^\d+$/.test(entry) ? read(`/proc/${entry}/stat`) : "";
    const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (state !== undefined && state !== "" && state !== "Z") parents.set(Number(entry), Number(parent));
  }
  const found: number[] = [];
  let wave = [pid];
  while (wave.length > 0) {
    wave = [...parents].filter(([, parent]) => wave.includes(parent)).map(([child]) => child);
    found.push(...wave);
  }
  return found;
}

/** Of a pid that has ended, false; of a zombie as well. */
export function isRunning(pid: number): boolean {
  const stat = read(`/proc/${pid}/stat`);
  return stat !== "" && stat.slice(stat.lastIndexOf(")") + 2)[0] !== "Z";
}

/** One variable of a process's environment. */
export function environmentOf(pid: number): Record<string, string> {
  const pairs = read(`/proc/${pid}/environ`).split("\0").filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );
}

/** Of the program that runs in it; empty where it is gone. */
export const nameOf = (pid: number) => read(`/proc/${pid}/comm`).trim();

/** Resolves once `condition` holds; the time it took in milliseconds. @throws when it does not in time */
export async function until(condition: () => boolean | Promise<boolean>, msMax = 15_000): Promise<number> {
  const started = performance.now();
  while (!(await condition())) {
    if (performance.now() - started > msMax)
      throw new Error(`Did not happen within ${msMax} ms: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return performance.now() - started;
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
