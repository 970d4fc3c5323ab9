// Makes the processes of modules. Forking the host itself would copy its page tables and wait for the new program, 20 ms
// and more in which it answers nobody; this process is small. It lives as long as its channel to the host.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { connect } from "node:net";

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
    child.once("exit", (code, signal) => {
      children.delete(id);
      killGroup(child.pid);
      report({ id, kind: "exited", code, signal });
    });
    const pid = sandbox ? await innerProcess(child) : child.pid;
    report({ id, kind: "launched", pid, group: child.pid });
  } catch (error) {
    report({ id, kind: "failed", message: error.message, code: error.code });
  } finally {
    if (filter !== null) closeSync(filter);
    for (const stream of streams) stream.destroy();
  }
}

/** What runs in the sandbox, as this side of it numbers processes; the sandbox itself where it ended before it made one. */
async function innerProcess(child) {
  let told = "";
  for await (const chunk of child.stdio[3]) {
    told += chunk;
    if (told.includes("}")) break;
  }
  return Number(/"child-pid":\s*(\d+)/.exec(told)?.[1] ?? child.pid);
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
