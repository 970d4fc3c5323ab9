import { type ChildProcess, fork } from "node:child_process";
import { createServer, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { type Close, GraftError, type Log } from "../../core/index.ts";
import type { PlacedCommand } from "../isolation/index.ts";
import type { Watchdog } from "./watchdog.ts";

const script = fileURLToPath(new URL("./launcher-process.mjs", import.meta.url));

export interface Exit {
  code: number | null;
  signal: string | null;
}

export interface LaunchOrder extends PlacedCommand {
  env: NodeJS.Dict<string>;
}

/** A running program in a process group of its own. */
export interface Launched {
  /** Of the program itself, also where it is another number in namespaces of its own. */
  pid: number;
  /** Of its process group, which is that of the sandbox around it where it has one. */
  group: number;
  stdin: Socket;
  stdout: Socket;
  stderr: Socket;
  /** When the program itself has ended; its output may still be read. */
  ended: Promise<Exit>;
}

export interface Launcher {
  /** Starts its process now, not with the first launch. */
  warm(): void;
  /** @throws the operating system's refusal, with its `code` (`E2BIG`, `EAGAIN`) */
  launch(order: LaunchOrder): Promise<Launched>;
  close: Close;
}

interface Report {
  id: number;
  kind: "launched" | "failed" | "exited";
  pid?: number;
  group?: number;
  message?: string;
  code?: number | string | null;
  signal?: string | null;
}

interface Entry {
  group: number | null;
  launched(pid: number, group: number): void;
  failed(error: Error): void;
  exited(exit: Exit): void;
}

/**
 * Starts programs from a small process of its own, so that the host goes on answering meanwhile. Should that process be
 * ended, every program it had started is killed and reported as such, and the next launch begins another.
 * @param ioPath a fresh path for a Unix socket
 */
export function startLauncher(options: { ioPath(): string; watchdog: Watchdog; log: Log }): Launcher {
  const { watchdog, log } = options;
  const entries = new Map<number, Entry>();
  let lastId = 0;
  let open: ChildProcess | null = null;
  let closing = false;

  function begin(): ChildProcess {
    const child = fork(script, [], {
      cwd: "/",
      detached: true,
      env: {} as NodeJS.ProcessEnv,
      // Nobody wakes its debugger: it runs as the host, under no permission model.
      execArgv: ["--disable-sigusr1", "--max-semi-space-size=1", "--title=graft launcher"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const { pid } = child;
    if (pid !== undefined) watchdog.add(pid);
    child.on("message", (message) => onMessage(message as Report));
    child.on("error", (error) => {
      log.error({ err: error }, "the launcher of modules does not work");
      // It was never there, so no exit will tell: the next launch tries again.
      if (pid === undefined && open === child) open = null;
    });
    child.once("exit", () => {
      if (pid !== undefined) watchdog.remove(pid);
      if (open === child) open = null;
      if (!closing) log.warn("the launcher of modules was ended from outside; its modules end with it");
      onExit();
    });
    child.unref();
    child.channel?.unref();
    return child;
  }

  function onMessage({ id, kind, pid = 0, group = pid, message, code, signal }: Report): void {
    const entry = entries.get(id);
    if (kind === "launched") entry?.launched(pid, group);
    else entries.delete(id);
    if (kind === "failed") entry?.failed(Object.assign(new Error(message), { code }));
    if (kind === "exited") entry?.exited({ code: code as number | null, signal: signal ?? null });
  }

  /** What nobody waits for any more is killed: nobody would restart it, or see that it ended. */
  function onExit(): void {
    for (const { group, failed, exited } of entries.values()) {
      if (group !== null) killGroup(group);
      failed(new Error("the launcher of modules was ended"));
      exited({ code: null, signal: "SIGKILL" });
    }
    entries.clear();
  }

  async function launch(order: LaunchOrder): Promise<Launched> {
    if (closing) throw shuttingDown();
    const id = ++lastId;
    const io = options.ioPath();
    let end: (exit: Exit) => void = () => {};
    const ended = new Promise<Exit>((resolve) => {
      end = resolve;
    });
    const streams = acceptThree(io);
    try {
      await streams.listening;
      if (closing) throw shuttingDown();
      // No wait between here and the order: what ends the launcher ends the launch.
      open ??= begin();
      const launcher = open;
      const launched = new Promise<{ pid: number; group: number }>((resolve, reject) => {
        const entry: Entry = {
          group: null,
          launched(pid, group) {
            entry.group = group;
            resolve({ pid, group });
          },
          failed: reject,
          exited: end,
        };
        entries.set(id, entry);
        launcher.send({ ...order, id, io }, (error) => error && reject(error));
      });
      const processes = await launched;
      const [stdin, stdout, stderr] = await streams.accepted;
      return { ...processes, stdin, stdout, stderr, ended };
    } finally {
      streams.close();
    }
  }

  return {
    warm() {
      if (!closing) open ??= begin();
    },
    launch,
    async close() {
      if (closing) return;
      closing = true;
      if (open === null) return;
      const gone = new Promise<void>((resolve) => open?.once("exit", () => resolve()));
      open.ref();
      open.disconnect();
      await gone;
    },
  };
}

const shuttingDown = () => new GraftError("NOT_READY", "Graft is shutting down");

type Streams = [stdin: Socket, stdout: Socket, stderr: Socket];

/** The launcher's three connections, in the order of the standard streams. */
function acceptThree(path: string) {
  const server = createServer();
  const listening = new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
  const accepted = new Promise<Streams>((resolve) => {
    const sockets: Socket[] = [];
    server.on("connection", (socket) => {
      socket.on("error", () => {});
      sockets.push(socket);
      if (sockets.length === 3) resolve(sockets as Streams);
    });
  });
  return { accepted, listening, close: () => void server.close() };
}

export function killGroup(pid: number, signal: NodeJS.Signals = "SIGKILL"): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // No process of the group is left.
  }
}
