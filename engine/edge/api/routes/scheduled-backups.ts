import { z } from "zod";
import {
  backupId,
  backupRunView,
  backupScheduleInput,
  backupScheduleView,
} from "../../../../contract/backup.ts";
import { pageOf } from "../../../../contract/page.ts";
import { defineRoute, listOf, reply } from "../define-route.ts";

/** Backups that are made by themselves, proved by restoring them, and kept for a while. For administrators, as all backups. */
export const scheduledBackupRoutes = [
  defineRoute("GET", "/scheduled-backups", {
    summary:
      "Backups in the folder or bucket that the host was started with, newest first, and whether each was proved",
    role: "administrator",
    answer: pageOf(backupRunView),
    handle: async ({ engine }) => listOf(await engine.backups.scheduled.runs()),
  }),
  defineRoute("POST", "/scheduled-backups", {
    summary:
      "Make one now: it is restored to prove it, encrypted where that is set, and put where the others are",
    role: "administrator",
    status: 202,
    answer: z.object({ id: backupId }),
    async handle({ engine, actor, baseUrl }) {
      const made = await engine.backups.scheduled.make(actor);
      return reply(202, made, { location: `${baseUrl}/api/v1/graft/scheduled-backups` });
    },
  }),
  defineRoute("GET", "/scheduled-backups/schedule", {
    summary: "When they are made, how many are kept and where, and when the last one was proved",
    role: "administrator",
    answer: backupScheduleView,
    handle: ({ engine }) => engine.backups.scheduled.get(),
  }),
  defineRoute("PUT", "/scheduled-backups/schedule", {
    summary: "Set when they are made and how many days, weeks and months keep their newest one",
    role: "administrator",
    body: backupScheduleInput,
    answer: backupScheduleView,
    handle: ({ engine, actor, body }) => engine.backups.scheduled.save(actor, body),
  }),
];
