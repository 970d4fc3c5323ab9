import { GraftError } from "../core/index.ts";

export const unknownGroup = (key: string) =>
  new GraftError("NOT_FOUND", `There is no group ${key}.`, { details: { group: key } });
