import { GraftError } from "../../core/index.ts";

/** @throws BACKUP_FORGED when it is not signed with the key that was asked for */
export function assertSignedBy(file: string, signedBy: string | null, key: string | undefined): void {
  if (key === undefined || signedBy === key) return;
  const found = signedBy === null ? "it is not signed" : `it is signed with ${signedBy}`;
  throw new GraftError("BACKUP_FORGED", `${file} is no backup of the host with the key ${key}: ${found}.`, {
    hint: "Nothing was changed. Use a backup of that host.",
    details: { file, key, signedBy },
  });
}
