"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { formatBytes } from "@/components/ui/format";
import { Download } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { toastProblem, toastSuccess } from "@/components/ui/toast";
import type { BackupView } from "@/contract/backup";
import { problemFrom, unwrap } from "@/lib/problem";
import { deleteBackup, startBackup } from "./actions";
import { BackupProgress } from "./backup-progress";
import { texts } from "./texts";
import { useBackups } from "./use-backups";

const fileOf = (id: string) => `/api/v1/graft/backups/${id}/file`;

/** Makes a backup, shows how far it is, and gives it to the browser when it is whole. */
export function BackupPanel({ initial }: { initial: BackupView[] }) {
  const router = useRouter();
  const query = useBackups(initial);
  const [pending, setPending] = useState(false);
  /** Begun in this window: it is downloaded by itself. */
  const [mine, setMine] = useState<string | null>(null);
  const link = useRef<HTMLAnchorElement>(null);
  const backups = query.data;
  const running = backups.find(({ status }) => status === "running");
  const failed = backups.find(({ status }) => status === "failed");
  const files = backups.filter(({ status }) => status === "done");
  const ready = mine !== null && files.some(({ id }) => id === mine);

  useEffect(() => {
    if (!ready || mine === null) return;
    if (link.current) {
      link.current.href = fileOf(mine);
      link.current.click();
    }
    setMine(null);
    toastSuccess(texts.made);
    router.refresh();
  }, [ready, mine, router]);

  async function start() {
    setPending(true);
    try {
      setMine((await unwrap(startBackup())).id);
    } catch (error) {
      toastProblem(problemFrom(error));
    } finally {
      setPending(false);
    }
    await query.refetch();
  }
  async function remove(id: string) {
    try {
      await unwrap(deleteBackup({ id }));
    } catch (error) {
      toastProblem(problemFrom(error));
    }
    await query.refetch();
  }

  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button
          variant="primary"
          pending={pending}
          disabled={running !== undefined}
          onClick={() => void start()}
        >
          <Download aria-hidden />
          {texts.downloadBackup}
        </Button>
        {/* biome-ignore lint/a11y/useAnchorContent: clicked by the effect above, seen by nobody */}
        <a ref={link} href="/admin/data" download hidden tabIndex={-1} aria-hidden />
        {running && <BackupProgress backup={running} onCancel={() => void remove(running.id)} />}
      </div>
      {failed?.error && (
        <Notice tone="danger" title={texts.failed}>
          {failed.error.detail} {failed.error.hint}
        </Notice>
      )}
      {files.length > 0 && (
        <ul aria-label={texts.backupsOnThisHost} className="divide-y border-y">
          {files.map((backup) => (
            <BackupRow key={backup.id} backup={backup} onDelete={() => remove(backup.id)} />
          ))}
        </ul>
      )}
    </div>
  );
}

function BackupRow({ backup, onDelete }: { backup: BackupView; onDelete: () => Promise<void> }) {
  const { id, name, bytes, startedAt } = backup;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2">
      <div className="min-w-0">
        <div className="truncate font-mono text-xs">{name}</div>
        <div className="tabular text-xs text-muted-foreground">
          {formatBytes(bytes ?? 0)}, <Time value={startedAt} />
        </div>
      </div>
      <div className="flex gap-2">
        <Button asChild size="sm">
          <a href={fileOf(id)} download aria-label={texts.downloadFile(name)}>
            <Download aria-hidden />
            {texts.download}
          </a>
        </Button>
        <ConfirmDialog
          trigger={
            <Button size="sm" aria-label={texts.deleteFile(name)}>
              {texts.delete}
            </Button>
          }
          title={texts.deleteTitle}
          description={texts.deleteDescription(name, bytes ?? 0)}
          confirmLabel={texts.deleteFile(name)}
          onConfirm={onDelete}
        />
      </div>
    </li>
  );
}
