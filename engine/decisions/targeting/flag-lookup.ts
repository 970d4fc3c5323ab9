import type { FlagDefinition } from "../../../contract/flags.ts";
import type { Json } from "../../core/index.ts";
import type { FindFlag } from "./requirements.ts";

/** The flags as they count now, for whatever is evaluated as a flag and may require some of them. */
export interface FlagLookup {
  find: FindFlag;
  /** With shared parts and required flags in place, as it is evaluated. */
  resolve(key: string, definition: FlagDefinition): FlagDefinition;
  /** Shared parts of targeting, by the name that `$ref` gives. */
  evaluators(): Readonly<Record<string, Json>>;
}
