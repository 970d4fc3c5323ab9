import { Button } from "@/components/ui/button";
import { formatBytes } from "@/components/ui/format";
import { Progress } from "@/components/ui/progress";
import type { BackupView } from "@/contract/backup";

const phases = {
  waiting: "Waiting until a change has ended",
  host: "Users, groups and settings",
  modules: "Modules",
  store: "Files of modules",
  files: "Exports and snapshots",
  finishing: "Finishing",
  done: "Done",
};

/** How far a backup is, in bytes and modules. */
export function BackupProgress({ backup, onCancel }: { backup: BackupView; onCancel: () => void }) {
  const { progress } = backup;
  const share = progress && progress.bytesTotal > 0 ? progress.bytesDone / progress.bytesTotal : 0;
  const words = progress === null ? "Beginning" : phases[progress.phase];
  return (
    <div className="flex min-w-0 grow flex-wrap items-center gap-x-4 gap-y-2">
      <div className="grid min-w-48 grow gap-1">
        <Progress value={share} label="Backup" />
        <p role="status" className="tabular text-xs text-muted-foreground">
          {progress?.phase === "modules" && progress.module
            ? `${progress.module}, ${progress.modulesDone + 1} of ${progress.modulesTotal}`
            : words}
          {progress && progress.bytesTotal > 0 && (
            <>
              {" · "}
              {formatBytes(progress.bytesDone)} of {formatBytes(progress.bytesTotal)}
            </>
          )}
        </p>
      </div>
      <Button size="sm" onClick={onCancel}>
        Break off
      </Button>
    </div>
  );
}
