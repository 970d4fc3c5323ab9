import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, lstatSync, writeFileSync } from "node:fs";
import { chmod, chown, mkdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { IsolationView } from "../../../contract/isolation.ts";
import { type Close, type Digest, GraftError, type Log } from "../../core/index.ts";
import { type Accounts, createAccounts } from "./accounts.ts";
import { bubblewrapArguments } from "./bubblewrap.ts";
import { describeIsolation } from "./describe-isolation.ts";
import { linkOrCopy } from "./link-or-copy.ts";
import { openSockets } from "./open-sockets.ts";
import { type Allowed, type Machine, probeMachine } from "./probe-machine.ts";
import { seccompFilter } from "./seccomp-filter.ts";
import type { Isolation, Place, PlaceOrder, SandboxMode } from "./types.ts";

export interface IsolationOptions {
  log: Log;
  /** A folder of this process alone, short enough for sockets in folders of its own. */
  dir: string;
  mode: SandboxMode;
  nodePath: string;
  bootstrapPath: string;
  /** What the bootstrap imports from its own folder. */
  egressPath: string;
  sdkServerPath: string;
  blobPath(digest: Digest): string;
  /** Where the accounts of modules are recorded; null: nowhere. */
  accountsFile: string | null;
  allowed?: Partial<Allowed>;
}

interface Ready {
  machine: Machine;
  accounts: Accounts | null;
  filter: string | null;
  view: IsolationView;
}

/** Finds out what this machine has, and gives each process of a module a place that is held by all of it. */
export function createIsolation(options: IsolationOptions): Isolation {
  const { dir, log, mode } = options;
  let ready: Promise<Ready> | null = null;

  async function open(): Promise<Ready> {
    const program = seccompFilter();
    const filter = program === null ? null : join(dir, "seccomp");
    if (filter !== null && program !== null) writeFileSync(filter, program, { mode: 0o444 });
    // Others pass through, and see no names: each place below is its module's alone.
    if (process.getuid?.() === 0) await chmod(dir, 0o711);
    const allowed = { bubblewrap: true, accounts: true, ...options.allowed };
    const machine = await probeMachine({ nodePath: options.nodePath, dir, filter, allowed });
    const view = describeIsolation(machine, filter !== null);
    const { driver, summary, missing } = view;
    log[driver === "bubblewrap" ? "info" : "warn"]({ driver, missing }, summary);
    const accounts = machine.accounts && createAccounts(machine.accounts, options.accountsFile);
    return { machine, accounts, filter, view };
  }
  function whenReady(): Promise<Ready> {
    ready ??= open();
    return ready;
  }

  async function place(order: PlaceOrder): Promise<Place> {
    const { machine, accounts, filter, view } = await whenReady();
    if (mode === "require" && machine.bubblewrap === null) throw sandboxRequired(view);
    const account = accounts?.of(order.module);
    const isHeld = machine.bubblewrap !== null || account !== undefined;
    const sockets = join(dir, randomBytes(6).toString("hex"));
    const undo: Close[] = [() => remove(sockets), () => remove(`${sockets}.code`)];
    const close = async () => void (await Promise.allSettled(undo.splice(0).map((each) => each())));
    try {
      await mkdir(sockets, { mode: 0o700 });
      const code = isHeld
        ? await stageCode(options, { dir: `${sockets}.code`, code: order.code, account })
        : inStore(options, order);
      // Without namespaces it has the network, and the server's own limits hold it.
      const relays = { host: isHeld, database: machine.bubblewrap !== null };
      const { env, close: closeSockets } = await openSockets({ ...order, dir: sockets, relays });
      undo.push(closeSockets);
      if (account !== undefined) await chown(sockets, account, account);
      const socket = join(sockets, "module.sock");
      return {
        ...code,
        socket,
        env: { ...env, GRAFT_SOCKET: socket },
        command: (args) => heldCommand({ machine, filter, account, readable: code.readable, sockets }, args),
        seal: () => seal({ module: order.module, sockets, socket, account }),
        close,
      };
    } catch (error) {
      await close();
      throw error;
    }
  }

  return { place, view: async () => (await whenReady()).view };
}

const remove = (path: string) => rm(path, { recursive: true, force: true });

/** The host's own account reads it where it is. */
function inStore(options: IsolationOptions, { code }: PlaceOrder) {
  const { bootstrapPath, sdkServerPath, egressPath } = options;
  const codePath = (digest: string) => options.blobPath(digest as Digest);
  const readable = [bootstrapPath, egressPath, sdkServerPath, ...code.map(codePath)];
  return { bootstrapPath, sdkServerPath, codePath, readable };
}

/** Its code, the SDK and the bootstrap in one folder that nobody else's account may enter. */
async function stageCode(
  options: IsolationOptions,
  { dir, code, account }: { dir: string; code: readonly string[]; account: number | undefined },
) {
  await mkdir(dir, { mode: 0o700 });
  const at = (name: string) => join(dir, name.replace(":", "-"));
  const bootstrapPath = at("bootstrap.mjs");
  const sdkServerPath = at("sdk-server.mjs");
  await Promise.all([
    linkOrCopy(options.bootstrapPath, bootstrapPath),
    linkOrCopy(options.egressPath, at(basename(options.egressPath))),
    linkOrCopy(options.sdkServerPath, sdkServerPath),
    // A file that is missing is told by the bootstrap once something loads it.
    ...code.map((digest) => linkOrCopy(options.blobPath(digest as Digest), at(digest)).catch(() => {})),
  ]);
  if (account !== undefined) {
    await chown(dir, 0, account);
    await chmod(dir, 0o750);
  }
  return { bootstrapPath, sdkServerPath, codePath: at, readable: [dir] };
}

interface Held {
  machine: Machine;
  filter: string | null;
  account: number | undefined;
  readable: string[];
  sockets: string;
}

function heldCommand({ machine, filter, account, readable, sockets }: Held, args: string[]) {
  const as = account === undefined ? {} : { account };
  const { nodePath, bubblewrap } = machine;
  if (bubblewrap === null) return { command: nodePath, args, ...as };
  const { path, libraries } = bubblewrap;
  const view = { nodePath, libraries, readable, writable: [sockets], filtered: filter !== null };
  return { command: path, args: [...bubblewrapArguments(view), ...args], ...as, sandbox: { filter } };
}

interface Sealed {
  module: string;
  sockets: string;
  socket: string;
  account: number | undefined;
}

/**
 * The gateway will follow this path for as long as the process lives: a link put there would lead it, with the host's
 * rights, to a socket of somebody else. So the folder is taken from the module before the path is looked at.
 */
function seal({ module, sockets, socket, account }: Sealed): void {
  if (account !== undefined) {
    chownSync(sockets, 0, account);
    chmodSync(sockets, 0o750);
  }
  const found = lstatSync(socket);
  if (found.isSocket() && found.nlink === 1 && (account === undefined || found.uid === account)) return;
  throw new GraftError("MODULE_START_FAILED", `${module} put something else in the place of its socket`, {
    hint: "A module listens on the path in GRAFT_SOCKET itself.",
    details: { module, reason: "put something else in the place of its socket" },
  });
}

function sandboxRequired({ missing }: IsolationView): GraftError {
  return new GraftError(
    "SANDBOX_REQUIRED",
    `GRAFT_SANDBOX=require: no module runs without namespaces. ${missing[0]?.text ?? ""}`,
    { hint: missing[0]?.remedy ?? "" },
  );
}
