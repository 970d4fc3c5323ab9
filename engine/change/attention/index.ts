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
export { reasonOf } from "./reason.ts";
export type * from "./types.ts";
