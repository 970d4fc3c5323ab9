import { chmod } from "node:fs/promises";
import type { Server } from "node:net";

/** Listens on a Unix socket in a folder that one module alone may enter. */
export async function listenForModule(server: Server, path: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
  // The folder decides who may come; the module's account is not the one that listens.
  await chmod(path, 0o666);
}
