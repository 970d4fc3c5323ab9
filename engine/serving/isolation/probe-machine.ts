import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { type AccountRange, accountRange } from "./accounts.ts";
import { bubblewrapArguments, findBubblewrap, linkedLibraries } from "./bubblewrap.ts";
import { linkOrCopy } from "./link-or-copy.ts";
import { othersReach } from "./others-reach.ts";

/** Layers that are used where the machine has them; tests leave some out. */
export interface Allowed {
  bubblewrap: boolean;
  accounts: boolean;
}

export interface Bubblewrap {
  path: string;
  libraries: string[];
}

/** What was seen to work on this machine, and why what does not does not. */
export interface Machine {
  /** Node as modules run it: every account that they get can reach it. */
  nodePath: string;
  isRoot: boolean;
  accounts: AccountRange | null;
  whyNoAccounts: string;
  bubblewrap: Bubblewrap | null;
  whyNoBubblewrap: string;
}

export interface ProbeOptions {
  nodePath: string;
  /** Where a copy of Node may be put. */
  dir: string;
  /** Null where this processor has no filter. */
  filter: string | null;
  allowed: Allowed;
}

/** Tries each layer once, with a program that does nothing. */
export async function probeMachine(options: ProbeOptions): Promise<Machine> {
  const isRoot = process.getuid?.() === 0;
  const { range, why: whyNoAccounts } = await probeAccounts(options, isRoot);
  const nodePath = range === null ? options.nodePath : await withinReach(options);
  const bubblewrap = await probeBubblewrap({ ...options, nodePath }, range);
  return {
    ...{ nodePath, isRoot, accounts: range, whyNoAccounts },
    ...{ bubblewrap: bubblewrap.found, whyNoBubblewrap: bubblewrap.why },
  };
}

async function probeAccounts({ allowed, dir }: ProbeOptions, isRoot: boolean) {
  const no = (why: string) => ({ range: null, why });
  if (!allowed.accounts) return no("switched off");
  if (!isRoot) return no("only root can give a process another account");
  const range = accountRange();
  if (range === null) return no("this container has too few accounts of its own");
  const failure = await tryOut(
    spawn("/bin/sh", ["-c", 'cd "$0"', dir], {
      uid: range.first,
      gid: range.first,
      env: {} as never,
      detached: true,
    }),
  );
  return failure === null ? { range, why: "" } : no(failure);
}

/** Where every account can run it: where it is, or a copy. */
async function withinReach({ nodePath, dir }: ProbeOptions): Promise<string> {
  if ((statSync(nodePath).mode & 0o005) === 0o005 && othersReach(dirname(nodePath))) return nodePath;
  const copy = join(dir, "node");
  await linkOrCopy(nodePath, copy, 0o555);
  return copy;
}

async function probeBubblewrap(
  { nodePath, dir, allowed, filter }: ProbeOptions,
  range: AccountRange | null,
): Promise<{ found: Bubblewrap | null; why: string }> {
  const no = (why: string) => ({ found: null, why });
  if (!allowed.bubblewrap) return no("switched off");
  if (process.platform !== "linux") return no("bubblewrap is for Linux");
  const path = findBubblewrap();
  if (path === null) return no("bubblewrap (bwrap) is not installed");
  try {
    const libraries = await linkedLibraries(nodePath);
    const view = { nodePath, libraries, readable: [dir], writable: [], filtered: filter !== null };
    const failure = await tryFiltered(path, [...bubblewrapArguments(view), "--version"], { range, filter });
    return failure === null ? { found: { path, libraries }, why: "" } : no(failure);
  } catch (error) {
    return no((error as Error).message);
  }
}

async function tryFiltered(
  command: string,
  args: string[],
  { range, filter }: { range: AccountRange | null; filter: string | null },
): Promise<string | null> {
  const fd = filter === null ? null : openSync(filter, "r");
  try {
    const child = spawn(command, args, {
      env: {} as never,
      detached: true,
      // The third is what it tells its number on: it gives up where that is closed.
      stdio: ["ignore", "ignore", "pipe", "pipe", ...(fd === null ? [] : [fd])],
      ...(range === null ? {} : { uid: range.first, gid: range.first }),
    });
    return await tryOut(child);
  } finally {
    if (fd !== null) closeSync(fd);
  }
}

/** @returns what it said, or null when all went well */
async function tryOut(child: ChildProcess): Promise<string | null> {
  const end = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    } catch {
      // Its group is gone.
    }
  };
  const timer = setTimeout(end, 5_000);
  try {
    const said = child.stderr === null ? "" : text(child.stderr);
    const [code, signal] = await once(child, "exit");
    // What it left behind would hold its streams open.
    end();
    if (code === 0) return null;
    return (await said).trim() || `it ended with ${signal ?? `status ${code}`}`;
  } catch (error) {
    return (error as Error).message;
  } finally {
    clearTimeout(timer);
  }
}

/** A number below /proc/sys; null where this kernel has none of that name. */
export function readSysctl(name: string): number | null {
  try {
    return Number(readFileSync(join("/proc/sys", name), "utf8"));
  } catch {
    return null;
  }
}
