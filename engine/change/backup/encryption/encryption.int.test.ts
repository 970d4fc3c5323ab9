import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Decrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { afterAll, expect, test } from "vitest";
import { isGraftError } from "../../../core/index.ts";
import { decryptFile, encryptFile, isEncrypted } from "./encryption.ts";

const dir = mkdtempSync(join(tmpdir(), "graft-encryption-"));
afterAll(() => rmSync(dir, { recursive: true }));
const at = (name: string) => join(dir, name);
const content = Buffer.alloc(3_000_000, "what nobody else may read ");
writeFileSync(at("plain"), content);
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (isGraftError(error) ? error.code : String(error)),
  );

test("for a recipient: who holds its identity reads it, as any age tool does", async () => {
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  await encryptFile(at("plain"), at("recipient"), { recipient });
  expect(await isEncrypted(at("recipient"))).toBe(true);
  expect(await isEncrypted(at("plain"))).toBe(false);
  expect(statSync(at("recipient")).mode & 0o777).toBe(0o600);
  await decryptFile(at("recipient"), at("back"), { identity: `# created: today\n${identity}\n` });
  expect(readFileSync(at("back")).equals(content)).toBe(true);
  const age = new Decrypter();
  age.addIdentity(identity);
  expect(Buffer.from(await age.decrypt(readFileSync(at("recipient")))).equals(content)).toBe(true);

  const other = await generateX25519Identity();
  expect(await codeOf(decryptFile(at("recipient"), at("no"), { identity: other }))).toBe("BACKUP_LOCKED");
  expect(await codeOf(decryptFile(at("recipient"), at("no"), {}))).toBe("BACKUP_LOCKED");

  const damaged = readFileSync(at("recipient"));
  damaged.writeUInt8(damaged.readUInt8(2_000_000) ^ 1, 2_000_000);
  writeFileSync(at("damaged"), damaged);
  rmSync(at("no"), { force: true });
  expect(await codeOf(decryptFile(at("damaged"), at("no"), { identity }))).toBe("BACKUP_INVALID");
});

test("with a passphrase: who knows it reads it", async () => {
  await encryptFile(at("plain"), at("passphrase"), { passphrase: "four words nobody guesses" });
  await decryptFile(at("passphrase"), at("again"), { passphrase: "four words nobody guesses" });
  expect(readFileSync(at("again")).equals(content)).toBe(true);
  expect(await codeOf(decryptFile(at("passphrase"), at("no"), { passphrase: "four other words" }))).toBe(
    "BACKUP_LOCKED",
  );
}, 120_000);
