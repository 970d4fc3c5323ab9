import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
import { networkInterfaces } from "node:os";
import type { Log } from "../../core/index.ts";
import type { ModuleServer } from "./module-server.ts";

interface Session {
  pid: number;
  role: string;
  address: string;
  port: number;
}

/**
 * Ends what processes of modules left running when they ended: PostgreSQL looks every two seconds whether anybody waits for the answer,
 * and not at all where the process said so, and the locks stay as long. Of this machine's processes alone: the kernel knows
 * which of their connections are still open, and nothing that a module says counts. Other systems than Linux do not tell.
 */
export async function endDeserted({ pool }: ModuleServer, log: Log): Promise<void> {
  // One that waits for its client sees the end by itself.
  const { rows } = await pool.query<Session>(
    `SELECT pid, usename::text AS role, host(client_addr) AS address, client_port AS port FROM pg_stat_activity
     WHERE usename LIKE 'graft\\_%\\_r' AND state = 'active' AND client_port > 0 AND pg_has_role(usesysid, 'USAGE')`,
  );
  const own = ownAddresses();
  const here = rows.filter(({ address }) => own.has(address));
  const open = here.length > 0 ? await openPorts() : null;
  if (open === null) return;
  const deserted = here.filter(({ port }) => !open.has(port));
  for (const { pid, role, address, port } of deserted) {
    // It may have ended, and its number be another's, since it was looked at.
    await pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE pid = $1 AND usename = $2 AND client_addr = $3 AND client_port = $4`,
      [pid, role, address, port],
    );
    log.info({ role, session: pid }, "a module's session was ended: the process that had opened it is gone");
  }
}

function ownAddresses(): Set<string> {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return new Set(["127.0.0.1", "::1", ...all.map(({ address }) => address).filter((one) => isIP(one) !== 0)]);
}

/** As `/proc/net/tcp` has it. */
const established = "01";

/** This machine's ends of connections that are open on this side; null where nobody tells. */
async function openPorts(): Promise<Set<number> | null> {
  if (process.platform !== "linux") return null;
  const read = (name: string) => readFile(`/proc/net/${name}`, "latin1").catch(() => "");
  const tables = await Promise.all([read("tcp"), read("tcp6")]);
  if (tables[0] === "") return null;
  const ports = new Set<number>();
  for (const line of tables.join("\n").split("\n")) {
    const [, local, , state] = line.trim().split(/\s+/);
    const port = local?.split(":")[1];
    if (state === established && port !== undefined) ports.add(Number.parseInt(port, 16));
  }
  return ports;
}
