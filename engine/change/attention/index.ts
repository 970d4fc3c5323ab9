export {
  countAttention,
  dueEntries,
  findEntry,
  isLeftOver,
  listAttention,
  recordLeftOver,
  settle,
} from "./attention-store.ts";
export { reasonOf } from "./reason.ts";
export type * from "./types.ts";
