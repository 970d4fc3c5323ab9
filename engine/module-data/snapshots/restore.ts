import type { Naming } from "../connections/names.ts";
import type { OwnerConnections } from "../connections/owner-connections.ts";
import { sealSql } from "../connections/seal.ts";
import type { DataPlace, RestoreResult } from "../types.ts";
import { restoreSnapshot } from "./restore-snapshot.ts";

/** A snapshot into a database that was just created. On the disk when this resolves. */
export async function restore(
  { naming, owners }: { naming: Naming; owners: OwnerConnections },
  { place, file }: { place: DataPlace; file: string },
): Promise<RestoreResult> {
  const roles = naming.roles(place.module);
  return owners.use(
    place,
    async (client) => {
      const result = await restoreSnapshot(client, { file, roles });
      await client.query(`BEGIN; SET LOCAL synchronous_commit = on; ${sealSql(roles)}; COMMIT`);
      return result;
    },
    { unflushed: true },
  );
}
