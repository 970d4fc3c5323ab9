import { formatBytes } from "@/components/ui/format";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { getEngine } from "@/lib/engine";
import { BackupPanel } from "./backup-panel";
import { ModuleDataTable } from "./module-data-table";
import { RestoreModuleButton } from "./restore-module-button";
import { ScheduledSection } from "./scheduled-section";
import { texts } from "./texts";

/** For administrators: everything in one file, and the data of one module in one file. */
export async function BackupSection() {
  const { backups, install, registry } = getEngine();
  const [items, last, kept] = await Promise.all([backups.list(), backups.last(), install.keptData.list()]);
  const installed = registry
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
        title={texts.backup}
        description={
          <>
            {texts.description(<code className="font-mono text-xs">graft restore</code>)}{" "}
            <span className="text-foreground">
              {last
                ? texts.lastBackup(formatBytes(last.bytes), <Time value={last.at} />, last.actorName)
                : texts.noBackupYet}
            </span>
          </>
        }
      >
        <BackupPanel initial={items} />
      </Section>
      <ScheduledSection />
      <Section
        title={texts.moduleData}
        description={texts.moduleDataDescription}
        actions={<RestoreModuleButton />}
      >
        <ModuleDataTable modules={modules} />
      </Section>
    </div>
  );
}
