import type { Naming } from "../connections/names.ts";
import { sealSql, transactionEnd } from "../connections/open-transaction.ts";
import type { OwnerConnections } from "../connections/owner-connections.ts";
import type { OpenRestore } from "../types.ts";
import { restoreSnapshot } from "./restore-snapshot.ts";

/** A snapshot in place of what the schema holds, on one connection of the owner's, in a transaction that stays open. */
export async function restore(
  naming: Naming,
  owners: OwnerConnections,
  input: { module: string; file: string },
): Promise<OpenRestore> {
  const names = naming.names(input.module);
  const client = await owners.open(input.module);
  try {
    await client.query("BEGIN");
    const { rows, tables } = await restoreSnapshot(client, { ...names, file: input.file });
    await client.query(sealSql(names));
    return { rows, tables, ...transactionEnd(client) };
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}
