import pg from "pg";
import { type HistoryDeps, runHistory } from "../migrations/run-history.ts";
import type { WayBackDeps } from "../reversal/find-reverse-migration.ts";
import { createClosed, listUnowned, templateOf } from "./create-database.ts";
import { dropByName } from "./drop-database.ts";
import { createUntrusted } from "./extensions.ts";

const { escapeIdentifier } = pg;

/** Databases of a module's owner that no process of the module may enter. */
export function createTrials(deps: HistoryDeps): WayBackDeps["trials"] {
  const { server, naming } = deps;
  const nameOf = (stamp: string) => naming.unowned("trial", stamp);
  return {
    nameOf,
    async build(stamp, { place, migrations, extensions, like }) {
      const database = nameOf(stamp);
      await createClosed(server, database, like === undefined ? await templateOf(server) : nameOf(like));
      const name = escapeIdentifier(database);
      const { ownerRole } = naming.roles(place.module);
      await server.pool.query(`ALTER DATABASE ${name} OWNER TO ${escapeIdentifier(ownerRole)}`);
      await server.pool.query(
        `REVOKE ALL ON DATABASE ${name} FROM PUBLIC; ALTER DATABASE ${name} ALLOW_CONNECTIONS true`,
      );
      const isEmpty = like === undefined;
      await createUntrusted(server, await deps.facts(), { database, names: extensions, isEmpty });
      await runHistory(deps, { place, migrations, extensions }, { in: database });
    },
    async drop(stamp) {
      await dropByName(server, nameOf(stamp));
    },
    async list() {
      const names = await listUnowned(server, naming, "trial");
      return names.flatMap((name) => naming.stampOf("trial", name) ?? []);
    },
  };
}
