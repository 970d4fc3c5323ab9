import type { HostDb } from "../../core/index.ts";

/** Whether the host can serve: database reachable and migrated, recovery done. */
export interface Readiness {
  ready(): Promise<{ ready: boolean; problems: string[] }>;
  recovered(): void;
}

export function createReadiness(db: Pick<HostDb, "pool">): Readiness {
  let isRecovered = false;
  return {
    async ready() {
      const problems: string[] = [];
      if (!isRecovered) problems.push("Unfinished operations are being recovered.");
      try {
        await db.pool.query({ text: "SELECT 1", query_timeout: 2000 } as {
          text: string;
        });
      } catch (error) {
        problems.push(`PostgreSQL does not answer: ${(error as Error).message}`);
      }
      return { ready: problems.length === 0, problems };
    },
    recovered() {
      isRecovered = true;
    },
  };
}
