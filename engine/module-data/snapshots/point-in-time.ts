import type { Log } from "../../core/index.ts";
import type { ModuleServer } from "../connections/module-server.ts";
import type { Naming } from "../connections/names.ts";
import type { OwnerConnections } from "../connections/owner-connections.ts";
import { pastLockers } from "../connections/past-lockers.ts";
import { beginReading, endReading, type Reading } from "../connections/read-transaction.ts";
import type { DataPlace, PointInTime } from "../types.ts";
import { writeSnapshot } from "./write-snapshot.ts";

/** Connected first and opened in one round trip, so that many can be opened while writes wait. */
export async function connectPointInTime(
  deps: { server: ModuleServer; naming: Naming; owners: OwnerConnections; log: Log },
  place: DataPlace,
): Promise<PointInTime> {
  const { module } = place;
  const roles = deps.naming.roles(module);
  const client = await deps.owners.open(place);
  const waiting = { server: deps.server, log: deps.log, client, role: roles.runtimeRole, lookMs: 1_000 };
  let reading: Reading = { client, forced: [] };
  return {
    async open() {
      reading = await beginReading(client);
    },
    snapshot: (input) => pastLockers(waiting, () => writeSnapshot(reading, { ...input, module, roles })),
    close: () => endReading(reading, true),
  };
}
