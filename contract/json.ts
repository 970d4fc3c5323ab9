import type { z } from "zod";
import { json } from "../sdk/flags/definition.ts";

export { json };
export type Json = z.infer<typeof json>;
