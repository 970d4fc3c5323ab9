import { z } from "zod";

export const limit = z.coerce.number().int().min(1).max(200).optional();
export const cursor = z.string().max(200).optional();

/** How a page of a list is asked for: the first without a cursor, each next with the `nextCursor` of the one before. */
export const pageQuery = z.object({ limit, cursor });

/** Lists have one shape, also where everything fits on one page. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
