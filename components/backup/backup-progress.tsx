import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import type { BackupView } from "@/contract/backup";
import { texts } from "./texts";

const phases = {
  waiting: texts.waiting,
  host: texts.hostPhase,
  modules: texts.modulesPhase,
  store: texts.storePhase,
  files: texts.filesPhase,
  finishing: texts.finishing,
  done: texts.done,
};

/** How far a backup is, in bytes and modules. */
export function BackupProgress({ backup, onCancel }: { backup: BackupView; onCancel: () => void }) {
  const { progress } = backup;
  const share = progress && progress.bytesTotal > 0 ? progress.bytesDone / progress.bytesTotal : 0;
  const words = progress === null ? texts.starting : phases[progress.phase];
  return (
    <div className="flex min-w-0 grow flex-wrap items-center gap-x-4 gap-y-2">
      <div className="grid min-w-48 grow gap-1">
        <Progress value={share} label={texts.backup} />
        <p role="status" className="tabular text-xs text-muted-foreground">
          {progress?.phase === "modules" && progress.module
            ? texts.moduleProgress(progress.module, progress.modulesDone + 1, progress.modulesTotal)
            : words}
          {progress && progress.bytesTotal > 0 && (
            <>
              {" · "}
              {texts.bytesProgress(progress.bytesDone, progress.bytesTotal)}
            </>
          )}
        </p>
      </div>
      <Button size="sm" onClick={onCancel}>
        {texts.cancel}
      </Button>
    </div>
  );
}
