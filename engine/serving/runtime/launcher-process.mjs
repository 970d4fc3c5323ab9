// Makes the processes of modules. Forking the host itself would copy its page tables and wait for the new program, 20 ms
// and more in which it answers nobody; this process is small. It lives as long as its channel to the host.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";

/** @type {Map<number, import("node:child_process").ChildProcess>} */
const children = new Map();

process.on("message", launch);
process.on("disconnect", () => {
  for (const { pid } of children.values()) killGroup(pid);
  process.exit();
});

/** @param {{ id: number; io: string; command: string; args: string[]; env: Record<string, string> }} order */
async function launch({ id, io, command, args, env }) {
  /** @type {import("node:net").Socket[]} */
  const streams = [];
  try {
    // Its three standard streams are connections to the host, which tells them apart by their order.
    for (let i = 0; i < 3; i++) streams.push(await opened(io));
    const child = spawn(command, args, { cwd: "/", detached: true, env, stdio: streams });
    child.once("error", (error) => report({ id, kind: "failed", message: error.message, code: error.code }));
    if (child.pid === undefined) return;
    children.set(id, child);
    child.once("exit", (code, signal) => {
      children.delete(id);
      killGroup(child.pid);
      report({ id, kind: "exited", code, signal });
    });
    report({ id, kind: "launched", pid: child.pid });
  } catch (error) {
    report({ id, kind: "failed", message: error.message, code: error.code });
  } finally {
    for (const stream of streams) stream.destroy();
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
