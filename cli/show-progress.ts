import type { BackupProgress, RestoreProgress } from "../contract/backup.ts";
import { formatBytes, type Terminal } from "./terminal.ts";

/** Of a backup, of its file on its way here, or of a restore. */
export type Progress =
  | BackupProgress
  | RestoreProgress
  | (Omit<BackupProgress, "phase"> & { phase: "download" });

const words: Partial<Record<Progress["phase"], string>> = {
  waiting: "waiting for a change to end",
  host: "users, groups, settings",
  modules: "modules",
  store: "module files",
  files: "exports and snapshots",
  reading: "reading and checking",
  download: "downloading",
  finishing: "finishing",
};

const barWidth = 24;

/** A bar with bytes, modules and the time that is left, in one line of a terminal that is replaced each time. */
export function createProgressLine(terminal: Terminal, now: () => number = () => performance.now()) {
  const from = now();
  let phaseFrom = from;
  let phase = "";
  return (progress: Progress | null): void => {
    if (progress === null) {
      terminal.status?.("");
      return;
    }
    // A phase with bytes of its own is timed on its own.
    if (progress.phase !== phase && (progress.phase === "reading" || progress.phase === "download"))
      phaseFrom = now();
    phase = progress.phase;
    terminal.status?.(progressLine(progress, now() - phaseFrom));
  };
}

export function progressLine(progress: Progress, elapsedMs: number): string {
  const { phase, module, bytesDone, bytesTotal, modulesDone, modulesTotal } = progress;
  const share = bytesTotal === 0 ? 0 : Math.min(1, bytesDone / bytesTotal);
  const filled = Math.round(share * barWidth);
  const bar = `${"█".repeat(filled)}${"░".repeat(barWidth - filled)}`;
  const parts = [
    `${bar} ${String(Math.floor(share * 100)).padStart(3)} %`,
    `${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}`,
  ];
  if (modulesTotal > 0) parts.push(`module ${Math.min(modulesDone + 1, modulesTotal)} of ${modulesTotal}`);
  const left = share > 0.01 && share < 1 ? (elapsedMs / share) * (1 - share) : null;
  if (left !== null && elapsedMs > 1000) parts.push(`${formatLeft(left)} left`);
  return `${parts.join("  ")}  ${module ?? words[phase] ?? phase}`;
}

function formatLeft(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
