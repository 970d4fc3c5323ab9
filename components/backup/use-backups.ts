"use client";

import { useQuery } from "@tanstack/react-query";
import type { BackupView } from "@/contract/backup";
import type { Page } from "@/contract/page";

async function fetchBackups(): Promise<BackupView[]> {
  const response = await fetch("/api/v1/graft/backups");
  if (!response.ok) throw new Error(`The backups answered ${response.status}`);
  return ((await response.json()) as Page<BackupView>).items;
}

/** Of this host, newest first; asked for again while one is being made. */
export function useBackups(initial: BackupView[]) {
  return useQuery({
    queryKey: ["backups"],
    queryFn: fetchBackups,
    initialData: initial,
    refetchInterval: ({ state }) => (state.data?.some(({ status }) => status === "running") ? 400 : false),
  });
}
