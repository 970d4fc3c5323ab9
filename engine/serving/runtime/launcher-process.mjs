// Makes the processes of modules. Forking the host itself would copy its page tables and wait for the new program, 20 ms
// and more in which it answers nobody; this process is small. It lives as long as its channel to the host.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** @type {Map<number, import("node:child_process").ChildProcess>} */
const children = new Map();

process.on("message", launch);
process.on("disconnect", () => {
  for (const { pid } of children.values()) killGroup(pid);
  process.exit();
});

/**
 * @param {{ id: number; io: string; command: string; args: string[]; env: Record<string, string>; account?: number;
 *   sandbox?: { filter: string | null } }} order
 */
async function launch({ id, io, command, args, env, account, sandbox }) {
  /** @type {import("node:net").Socket[]} */
  const streams = [];
  // uv_spawn leaves every supplementary group with the old account.
  const as = account === undefined ? {} : { uid: account, gid: account };
  let filter = null;
  try {
    // Its three standard streams are connections to the host, which tells them apart by their order.
    for (let i = 0; i < 3; i++) streams.push(await opened(io));
    if (sandbox?.filter) filter = openSync(sandbox.filter, "r");
    // bubblewrap writes to 3 and reads from 4: bubblewrap.ts.
    const stdio = sandbox ? [...streams, "pipe", filter ?? "ignore"] : streams;
    const child = spawn(command, args, { cwd: "/", detached: true, env, stdio, ...as });
    child.once("error", (error) => report({ id, kind: "failed", message: error.message, code: error.code }));
    if (child.pid === undefined) return;
    children.set(id, child);
    const pid = sandbox ? innerProcess(child) : child.pid;
    child.once("exit", async (code, signal) => {
      children.delete(id);
      killGroup(child.pid);
      // Nobody hears of an end before the beginning.
      await pid;
      report({ id, kind: "exited", code, signal });
    });
    report({ id, kind: "launched", pid: await pid, group: child.pid });
  } catch (error) {
    report({ id, kind: "failed", message: error.message, code: error.code });
  } finally {
    if (filter !== null) closeSync(filter);
    for (const stream of streams) stream.destroy();
  }
}

/**
 * What runs in the sandbox, as this side of it numbers processes: the child of bubblewrap's own first process there. The
 * sandbox itself where it ended before it came to that.
 * @param {import("node:child_process").ChildProcess} sandbox
 */
async function innerProcess(sandbox) {
  const first = await firstProcess(sandbox.stdio[3]);
  while (first !== null && sandbox.exitCode === null && sandbox.signalCode === null) {
    const inner = Number.parseInt(childrenOf(first), 10);
    if (inner > 0) return inner;
    await sleep(1);
  }
  return sandbox.pid;
}

async function firstProcess(info) {
  let told = "";
  try {
    for await (const chunk of info) {
      told += chunk;
      if (told.includes("}")) break;
    }
  } catch {
    // It ended; what it said before that counts.
  }
  return /"child-pid":\s*(\d+)/.exec(told)?.[1] ?? null;
}

function childrenOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
  } catch {
    return "";
  }
}

async function opened(path) {
  const socket = connect({ path, allowHalfOpen: true });
  // Whatever comes is the child's to read.
  socket.pause();
  await once(socket, "connect");
  return socket;
}

function killGroup(pid) {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // No process of the group is left.
  }
}

function report(message) {
  if (process.connected) process.send?.(message, () => {});
}
