export {
  countAttention,
  dueEntries,
  findEntry,
  isLeftOver,
  listAttention,
  recordLeftOver,
  settle,
  settleOperation,
} from "./attention-store.ts";
export type * from "./types.ts";
