import { cache } from "react";
import { getEngine } from "@/lib/engine";

/** A group by its key, once in a request; null for an unknown one. */
export const findGroup = cache(
  async (key: string) => (await getEngine().access.groups.list()).find((group) => group.key === key) ?? null,
);
