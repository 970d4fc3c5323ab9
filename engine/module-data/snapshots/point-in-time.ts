import type { Naming } from "../connections/names.ts";
import type { OwnerConnections } from "../connections/owner-connections.ts";
import { beginReading, endReading, type Reading } from "../connections/read-transaction.ts";
import type { DataPlace, PointInTime } from "../types.ts";
import { writeSnapshot } from "./write-snapshot.ts";

/** Connected first and opened in one round trip, so that many can be opened while writes wait. */
export async function connectPointInTime(
  { naming, owners }: { naming: Naming; owners: OwnerConnections },
  place: DataPlace,
): Promise<PointInTime> {
  const { module } = place;
  const client = await owners.open(place);
  let reading: Reading = { client, forced: [] };
  return {
    async open() {
      reading = await beginReading(client);
    },
    snapshot: (input) => writeSnapshot(reading, { ...input, module, roles: naming.roles(module) }),
    close: () => endReading(reading, true),
  };
}
