import { createReadStream, createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parentPort, workerData } from "node:worker_threads";
import { Decrypter, Encrypter } from "age-encryption";
import type { CryptTask } from "./encryption.ts";

/** Runs one task and tells how it ended. */
async function run({ how, from, to, keys }: CryptTask): Promise<void> {
  const source = Readable.toWeb(
    createReadStream(from, { highWaterMark: 1024 * 1024 }),
  ) as ReadableStream<Uint8Array>;
  const stream =
    how === "encrypt" ? await encrypter(keys).encrypt(source) : await decrypter(keys).decrypt(source);
  await pipeline(
    Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]),
    createWriteStream(to, { flags: "wx", mode: 0o600, flush: true }),
  );
}

function encrypter({ passphrase, recipient }: CryptTask["keys"]): Encrypter {
  const age = new Encrypter();
  if (passphrase !== undefined) age.setPassphrase(passphrase);
  else age.addRecipient(recipient ?? "");
  return age;
}

function decrypter({ passphrase, identity }: CryptTask["keys"]): Decrypter {
  const age = new Decrypter();
  if (passphrase !== undefined) age.addPassphrase(passphrase);
  for (const line of (identity ?? "").split("\n"))
    if (line.startsWith("AGE-SECRET-KEY-")) age.addIdentity(line.trim());
  return age;
}

run(workerData as CryptTask).then(
  () => parentPort?.postMessage(null),
  (error: NodeJS.ErrnoException) => parentPort?.postMessage({ message: error.message, code: error.code }),
);
