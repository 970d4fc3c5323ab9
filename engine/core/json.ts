import type { Json } from "./types.ts";

/** `T` where JSON carries all of it; `never` in the place of what it would lose: functions, dates, bigints, maps. */
type Jsonable<T> = T extends Json | undefined
  ? T
  : T extends bigint | symbol | Date | Map<unknown, unknown> | Set<unknown> | ((...args: never[]) => unknown)
    ? never
    : T extends object
      ? { [Key in keyof T]: Jsonable<T[Key]> }
      : T;

type JsonOf<T> = T extends readonly unknown[] ? Json[] : T extends object ? { [key: string]: Json } : T;

/** For a JSON column: the same value under the type that Prisma writes. Members that are undefined are left out by it. */
export function toJson<T>(value: T & Jsonable<T>): JsonOf<T> {
  return value as unknown as JsonOf<T>;
}

/** What `toJson` put into a column. Nothing is checked: a column is read only by the room that writes it. */
export function fromJson<T>(column: unknown): T {
  return column as T;
}
