import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import { fileURLToPath } from "node:url";
import type { Close, Log } from "../../core/index.ts";

const script = fileURLToPath(new URL("./watchdog.sh", import.meta.url));

/** Kills the process groups it was given when this process ends, be it by SIGKILL, and removes the socket directory. */
export interface Watchdog {
  add(pgid: number): void;
  remove(pgid: number): void;
  /** Ends it; every group still with it is killed. */
  close: Close;
}

/**
 * A shell of about 1 MB resident in a session of its own, so that neither Ctrl-C in the terminal nor a kill of the
 * host's group reaches it. Only this process holds the other end of its pipe: end of file means the host is gone.
 */
export function startWatchdog(socketDir: string, log: Log): Watchdog {
  const groups = new Set<number>();
  let closing = false;
  let shell = open();

  function open(): ChildProcess {
    const child = spawn("/bin/sh", [script, socketDir], {
      cwd: "/",
      detached: true,
      env: { PATH: "/usr/bin:/bin" } as NodeJS.Dict<string> as NodeJS.ProcessEnv,
      stdio: ["pipe", "ignore", "ignore"],
    });
    child.unref();
    (child.stdin as Socket | null)?.unref();
    child.stdin?.on("error", () => {});
    child.once("error", (error) =>
      log.error({ err: error }, "the watchdog of module processes did not start"),
    );
    child.once("exit", () => {
      if (closing) return;
      log.warn("the watchdog of module processes was ended from outside; starting another");
      shell = open();
      for (const pgid of groups) shell.stdin?.write(`add ${pgid}\n`);
    });
    return child;
  }

  return {
    add(pgid) {
      groups.add(pgid);
      shell.stdin?.write(`add ${pgid}\n`);
    },
    remove(pgid) {
      if (groups.delete(pgid)) shell.stdin?.write(`del ${pgid}\n`);
    },
    async close() {
      if (closing) return;
      closing = true;
      if (shell.pid === undefined || shell.exitCode !== null || shell.signalCode !== null) return;
      const ended = new Promise<void>((resolve) => shell.once("exit", () => resolve()));
      shell.ref();
      shell.stdin?.end();
      await ended;
    },
  };
}
