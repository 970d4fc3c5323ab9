import { existsSync, readdirSync } from "node:fs";
import { dirname } from "node:path";
import { moduleDatabases } from "./database.ts";
import { descendants, environmentOf, nameOf } from "./processes.ts";
import type { Hosting } from "./serve-graft.ts";

export interface ModuleProcessView {
  module: string;
  pid: number;
  socket: string;
}

/** Processes of modules that belong to this host; bubblewrap's own, which hold one, are none. */
export function moduleProcesses(hostPid: number): ModuleProcessView[] {
  return descendants(hostPid).flatMap((pid) => {
    const { GRAFT_MODULE: module, GRAFT_SOCKET: socket } = environmentOf(pid);
    return module && socket && nameOf(pid) !== "bwrap" ? [{ module, pid, socket }] : [];
  });
}

/** All that a change could leave behind: modules, generation, databases, processes and sockets. */
export async function takeStock({ graft, api }: Hosting) {
  const { items } = (await api.call("GET", "/modules")).body;
  const [generation] = (await api.call("GET", "/generations?limit=1")).body.items;
  const processes = moduleProcesses(graft.pid);
  const folders = [...new Set(processes.map(({ socket }) => dirname(socket)))].filter(existsSync);
  return {
    modules: items.map((item: { name: string; version: string }) => `${item.name} ${item.version}`).sort(),
    generation: generation?.number ?? 0,
    databases: await moduleDatabases(graft),
    processes: processes.map(({ module, pid }) => `${module} ${pid}`).sort(),
    sockets: folders.flatMap((folder) => readdirSync(folder)).sort(),
  };
}
