import type {
  Expired,
  KeptDataView,
  RetentionAnswer,
  RetentionInput,
  RetentionView,
} from "../../../contract/kept-data.ts";
import type { Actor } from "../../core/index.ts";

export type { Expired, KeptDataView, RetentionInput, RetentionView } from "../../../contract/kept-data.ts";

export interface Retention {
  get(): Promise<RetentionView>;
  /** What would go with these settings now. @throws INVALID_INPUT with `details.fieldErrors` */
  preview(input: RetentionInput): Promise<Expired>;
  /**
   * Saves them and applies them at once; while a change is going on they are applied soon after it, and `removed` is
   * null. Audited, as each deletion is. @throws INVALID_INPUT with `details.fieldErrors`
   */
  set(actor: Actor, input: RetentionInput): Promise<RetentionAnswer>;
  /** Applies them to everything if the last time was a day ago, on whichever host looks first. */
  applyDaily(): Promise<Expired | null>;
}

export interface KeptData {
  list(): Promise<KeptDataView[]>;
  /** Its file; a database that stands is written to one, which whoever reads it deletes (`once`). @throws NOT_FOUND */
  open(id: string): Promise<{ path: string; name: string; bytes: number; once: boolean }>;
  delete(actor: Actor, id: string): Promise<void>;
}
