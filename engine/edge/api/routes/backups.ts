import { backupEvents, backupView } from "../../../../contract/backup.ts";
import { pageOf } from "../../../../contract/page.ts";
import type { BackupView } from "../../../change/backup/index.ts";
import { defineRoute, eventStream, fileAnswer, listOf, reply } from "../define-route.ts";
import type { ServerEvent } from "../types.ts";

/** Everything in one file. It holds every secret of the host, so all of this is for administrators. */
export const backupRoutes = [
  defineRoute("POST", "/backups", {
    summary: "Begin a backup of everything on this host's disk; watch it at the address in Location",
    role: "administrator",
    status: 202,
    answer: backupView,
    async handle({ engine, actor, baseUrl }) {
      const backup = await engine.backups.start(actor);
      return reply(202, backup, { location: `${baseUrl}/api/v1/graft/backups/${backup.id}` });
    },
  }),
  defineRoute("GET", "/backups", {
    summary: "Backups on this host's disk, newest first",
    role: "administrator",
    answer: pageOf(backupView),
    handle: async ({ engine }) => listOf(await engine.backups.list()),
  }),
  defineRoute("GET", "/backups/{backup}", {
    summary: "One backup; as server-sent events its progress until it ends",
    role: "administrator",
    answer: backupView,
    events: backupEvents,
    async handle({ engine, params, wantsEvents, signal }) {
      const present = await engine.backups.get(params.backup);
      return wantsEvents ? eventStream(watch(engine.backups.watch(present.id, signal))) : present;
    },
  }),
  defineRoute("GET", "/backups/{backup}/file", {
    summary: "Download a backup: a tar archive, compressed with zstd. Keep it as secret as the database",
    role: "administrator",
    async handle({ engine, actor, params }) {
      const file = await engine.backups.open(params.backup);
      await engine.access.audit.record(actor, {
        action: "backup.download",
        target: file.name,
        summary: `Download the backup ${file.name}`,
      });
      return fileAnswer({ ...file, mediaType: "application/zstd" });
    },
  }),
  defineRoute("DELETE", "/backups/{backup}", {
    summary: "Delete a backup from this host's disk; one that is being made is broken off",
    role: "administrator",
    status: 204,
    handle: ({ engine, actor, params }) => engine.backups.delete(actor, params.backup),
  }),
];

async function* watch(views: AsyncIterable<BackupView>): AsyncGenerator<ServerEvent> {
  for await (const data of views) yield { data };
}
