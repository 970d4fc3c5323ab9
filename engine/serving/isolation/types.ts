import type { IsolationView } from "../../../contract/isolation.ts";

/** Whether modules run where the kernel does not hold them: `require` refuses, `auto` says so. */
export type SandboxMode = "auto" | "require";

/** A command as the launcher starts it. */
export interface PlacedCommand {
  command: string;
  args: string[];
  /** User and group; absent: those of the host. */
  account?: number;
  /** The command is bubblewrap: it tells its process on {@link infoFd} and reads this file on {@link filterFd}. */
  sandbox?: { filter: string | null };
}

/** Where one process of one module lives: its sockets, and its code as it may see it. */
export interface Place {
  /** Where it is to listen. */
  socket: string;
  env: Record<string, string>;
  bootstrapPath: string;
  sdkServerPath: string;
  /** Where it finds a file of its own by the file's digest. */
  codePath(digest: string): string;
  /** Files and folders for `--allow-fs-read`. */
  readable: string[];
  command(args: string[]): PlacedCommand;
  /** It listens: from now on its folder of sockets stays as it is. @throws where its socket is something else */
  seal(): void;
  close(): Promise<void>;
}

export interface PlaceOrder {
  module: string;
  env: Record<string, string>;
  /** `permissions.network` of its manifest. */
  network: readonly string[];
  /** Told of each connection that it makes or may not make. */
  note(text: string): void;
  /** Digests of its code; other files it cannot load. */
  code: readonly string[];
}

export interface Isolation {
  /** What holds modules on this machine, found out once. */
  view(): Promise<IsolationView>;
  /** @throws SANDBOX_REQUIRED */
  place(order: PlaceOrder): Promise<Place>;
}
