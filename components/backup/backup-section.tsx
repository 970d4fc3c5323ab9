import { formatBytes } from "@/components/ui/format";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { getEngine } from "@/lib/engine";
import { BackupPanel } from "./backup-panel";
import { ModuleDataTable } from "./module-data-table";
import { RestoreModuleButton } from "./restore-module-button";

/** For administrators: everything in one file, and the data of one module in one file. */
export async function BackupSection() {
  const { backups, install } = getEngine();
  const [items, last, kept] = await Promise.all([backups.list(), backups.last(), install.keptData.list()]);
  const installed = install.registry
    .list()
    .filter(({ manifest }) => manifest.database !== undefined)
    .map(({ name, title, version }) => ({ name, title, version, installed: true }));
  const left = kept
    .filter(({ kind }) => kind === "kept")
    .map(({ module, version }) => ({ name: module, title: module, version, installed: false }));
  const modules = [...installed, ...left].sort((a, b) => a.title.localeCompare(b.title));
  return (
    <div className="mt-10 grid gap-10">
      <Section
        title="Backup"
        description={
          <>
            Users, settings, every module with its data: all of it as of one moment, in one file that{" "}
            <code className="font-mono text-xs">graft restore</code> puts onto an empty machine. Keep it as
            secret as the database.{" "}
            {last ? (
              <span className="text-foreground">
                The last one, {formatBytes(last.bytes)}, was made <Time value={last.at} /> by {last.actorName}
                .
              </span>
            ) : (
              <span className="text-foreground">None was made yet.</span>
            )}
          </>
        }
      >
        <BackupPanel initial={items} />
      </Section>
      <Section
        title="Data of one module"
        description="Export it as a file; restore such a file here or on another host."
        actions={<RestoreModuleButton />}
      >
        <ModuleDataTable modules={modules} />
      </Section>
    </div>
  );
}
