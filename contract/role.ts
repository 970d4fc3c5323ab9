import { z } from "zod";

export const role = z.enum(["administrator", "operator", "member"]);
export type Role = z.infer<typeof role>;
