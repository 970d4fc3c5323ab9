import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { moduleDataQuery, moduleDataRestored } from "../../../../contract/module-data.ts";
import { explainDiskFull } from "../../../change/backup/index.ts";
import { defineRoute, fileAnswer, reply } from "../define-route.ts";
import type { ApiEngine } from "../types.ts";

/** The data of one module as a file, and back. */
export const moduleDataRoutes = [
  defineRoute("GET", "/modules/{module}/data", {
    summary:
      "Download the data of one module, installed or kept, as of one moment; the file carries its checksum",
    role: "administrator",
    async handle({ engine, actor, params: { module } }) {
      const path = await passingFile(engine);
      try {
        const { version, bytes } = await engine.install.moduleData.export(actor, module, path);
        const name = `${module}-${version}.graft`;
        return fileAnswer({ path, name, bytes, mediaType: "application/zstd", once: true });
      } catch (error) {
        await rm(path, { force: true });
        throw explainDiskFull(error, path);
      }
    },
  }),
  defineRoute("PUT", "/modules/{module}/data", {
    summary:
      "Restore such a file. Installed: an operation replaces all data, a snapshot is taken first. Not installed: kept data that the next install offers",
    role: "administrator",
    query: moduleDataQuery,
    upload: true,
    status: 202,
    answer: moduleDataRestored,
    async handle({ engine, actor, params: { module }, query, upload }) {
      const path = await passingFile(engine);
      try {
        await pipeline(upload, createWriteStream(path, { flags: "wx", mode: 0o600, flush: true }));
        return reply(202, await engine.install.moduleData.restore(actor, module, { ...query, file: path }));
      } catch (error) {
        throw explainDiskFull(error, path);
      } finally {
        await rm(path, { force: true });
      }
    },
  }),
];

/** A file for the length of a request; what a crash leaves is removed at the next start. */
async function passingFile({ settings }: ApiEngine): Promise<string> {
  const dir = join(settings.dataDir, "backups");
  await mkdir(dir, { recursive: true, mode: 0o700 });
  return join(dir, `${randomUUID()}.work`);
}
