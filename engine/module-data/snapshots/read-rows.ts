import { once } from "node:events";
import { finished } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { readFrames } from "./frames.ts";

/** Rows go to the sink that the message before them opened; they are all in it before the next message is told. */
export async function readRows<Message>(
  stream: AsyncIterable<Buffer>,
  onMessage: (message: Message, digest: () => string) => Promise<RowSink | null>,
): Promise<void> {
  let rows: RowSink | null = null;
  for await (const frame of readFrames(stream)) {
    if (frame.kind === "data") {
      await rows?.write(frame.bytes);
      continue;
    }
    await rows?.end();
    rows = await onMessage(frame.value as Message, frame.digest);
  }
}

export interface RowSink {
  write(bytes: Buffer): Promise<void>;
  end(): Promise<void>;
}

/** PostgreSQL may refuse rows at any moment, also between two writes; the next call reports it. */
export function openRowSink(client: pg.ClientBase, sql: string): RowSink {
  const copy = client.query(copyFrom(sql));
  let failure: Error | undefined;
  copy.on("error", (error) => {
    failure = error;
  });
  return {
    async write(bytes) {
      if (failure) throw failure;
      if (!copy.write(bytes)) await once(copy, "drain");
    },
    async end() {
      if (failure) throw failure;
      copy.end();
      await finished(copy);
    },
  };
}
