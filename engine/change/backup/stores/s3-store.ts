import { open } from "node:fs/promises";
import { S3mini } from "s3mini";
import { GraftError } from "../../../core/index.ts";
import { type BackupStore, storedName } from "./backup-store.ts";

export interface S3Settings {
  /** Of the service, as https://s3.eu-central-1.amazonaws.com. The bucket is addressed by path. */
  endpoint: string;
  region: string;
  bucket: string;
  /** Without slashes at its ends; empty: the bucket itself. */
  prefix: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** S3 takes parts of 5 MiB to 5 GiB and at most 10,000 of them. */
const partBytesMin = 16 * 1024 * 1024;
const partsMax = 9000;
const requestTimeoutMs = 10 * 60_000;

/** Any S3-compatible service. */
export function createS3Store(settings: S3Settings): BackupStore {
  const { endpoint, bucket, prefix, region, accessKeyId, secretAccessKey } = settings;
  const place = `s3://${bucket}${prefix === "" ? "" : `/${prefix}`}`;
  const client = new S3mini({
    endpoint: `${endpoint.replace(/\/+$/, "")}/${bucket}`,
    region,
    accessKeyId,
    secretAccessKey,
    requestAbortTimeout: requestTimeoutMs,
  });
  const keyOf = (name: string) => (prefix === "" ? name : `${prefix}/${name}`);
  const speaking = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (cause) {
      if ((cause as GraftError).code === "NOT_FOUND") throw cause;
      throw storeFailed(place, cause);
    }
  };
  return {
    place,
    put: (name, file, signal) => speaking(() => upload(client, { key: keyOf(name), file }, signal)),
    list: () =>
      speaking(async () => {
        const found = await client.listObjects("/", prefix === "" ? "" : `${prefix}/`);
        if (found === null) throw new Error(`there is no bucket ${bucket}`);
        return found
          .map(({ Key, Size }) => ({
            name: Key.slice(prefix === "" ? 0 : prefix.length + 1),
            bytes: Number(Size),
          }))
          .filter(({ name }) => storedName.test(name))
          .sort((a, b) => (a.name < b.name ? 1 : -1));
      }),
    read: (name) =>
      speaking(async () => {
        const answer = await client.getObjectResponse(keyOf(name));
        if (!answer?.body) throw new GraftError("NOT_FOUND", `There is no backup ${name} in ${place}.`);
        return toBuffers(answer.body);
      }),
    remove: (name) =>
      speaking(async () => {
        await client.deleteObject(keyOf(name));
      }),
  };
}

async function upload(
  client: S3mini,
  { key, file }: { key: string; file: string },
  signal?: AbortSignal,
): Promise<void> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    const partBytes = Math.max(partBytesMin, Math.ceil(size / partsMax));
    const read = async (position: number) => {
      signal?.throwIfAborted();
      const bytes = Buffer.alloc(Math.min(partBytes, size - position));
      for (let filled = 0; filled < bytes.length; ) {
        const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, position + filled);
        if (bytesRead === 0) throw new Error(`${file} became shorter while it was read`);
        filled += bytesRead;
      }
      return bytes;
    };
    if (size <= partBytes) {
      await client.putObject(key, await read(0), "application/zstd");
      return;
    }
    const id = await client.getMultipartUploadId(key, "application/zstd");
    try {
      const parts = [];
      for (let position = 0; position < size; position += partBytes)
        parts.push(await client.uploadPart(key, id, await read(position), parts.length + 1));
      await client.completeMultipartUpload(key, id, parts);
    } catch (error) {
      // Parts of an upload that is not completed are kept, and paid for.
      await client.abortMultipartUpload(key, id).catch(() => {});
      throw error;
    }
  } finally {
    await handle.close();
  }
}

async function* toBuffers(body: ReadableStream<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of body) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

function storeFailed(place: string, cause: unknown): GraftError {
  const { status, serviceCode, message } = cause as {
    status?: number;
    serviceCode?: string;
    message: string;
  };
  const reason = serviceCode ?? (status === undefined ? message : `it answered ${status}`);
  return new GraftError("BACKUP_STORE_FAILED", `Backups cannot be kept in ${place}: ${reason}.`, {
    hint: "Check GRAFT_BACKUP_TO, GRAFT_BACKUP_S3_ENDPOINT, its region and its keys, and that they may read, write, list and delete there.",
    retryable: true,
    details: { place, ...(status === undefined ? {} : { status }) },
    cause,
  });
}
