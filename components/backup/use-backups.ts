"use client";

import { useQuery } from "@tanstack/react-query";

export interface Backup {
  id: string;
  name: string;
  status: "running" | "done" | "failed";
  startedAt: string;
  finishedAt: string | null;
  bytes: number | null;
  progress: {
    phase: "waiting" | "host" | "modules" | "store" | "files" | "finishing" | "done";
    module: string | null;
    bytesDone: number;
    bytesTotal: number;
    modulesDone: number;
    modulesTotal: number;
  } | null;
  error: { code: string; detail: string; hint?: string | undefined } | null;
}

async function fetchBackups(): Promise<Backup[]> {
  const response = await fetch("/api/v1/graft/backups");
  if (!response.ok) throw new Error(`The backups answered ${response.status}`);
  return ((await response.json()) as { items: Backup[] }).items;
}

/** Of this host, newest first; asked for again while one is being made. */
export function useBackups(initial: Backup[]) {
  return useQuery({
    queryKey: ["backups"],
    queryFn: fetchBackups,
    initialData: initial,
    refetchInterval: ({ state }) => (state.data?.some(({ status }) => status === "running") ? 400 : false),
  });
}
