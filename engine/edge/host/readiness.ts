import type { ReadyView } from "../../../contract/meta.ts";
import { countAttention } from "../../change/attention/index.ts";
import type { HostDb } from "../../core/index.ts";

/** Whether the host can serve: database reachable and migrated, recovery done. What needs attention keeps it from nothing. */
export interface Readiness {
  ready(): Promise<ReadyView>;
  recovered(): void;
}

export function createReadiness(db: HostDb): Readiness {
  let isRecovered = false;
  return {
    async ready() {
      const problems: string[] = [];
      let attention = 0;
      if (!isRecovered) problems.push("Unfinished operations are being recovered.");
      try {
        await db.pool.query({ text: "SELECT 1", query_timeout: 2000 } as {
          text: string;
        });
        attention = await countAttention(db);
      } catch (error) {
        problems.push(`PostgreSQL does not answer: ${(error as Error).message}`);
      }
      return { ready: problems.length === 0, problems, attention };
    },
    recovered() {
      isRecovered = true;
    },
  };
}
