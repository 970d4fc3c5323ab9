import { readFileSync } from "node:fs";
import { constants } from "node:os";

/** Whether the process neither handles nor ignores the signal; false where /proc does not tell. */
export function endsByDefault(pid: number, name: NodeJS.Signals): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const bit = 1n << BigInt(constants.signals[name] - 1);
    return ["SigIgn", "SigCgt"].every((field) => {
      const [, mask = "0"] = new RegExp(`^${field}:\\s*([0-9a-f]+)$`, "m").exec(status) ?? [];
      return (BigInt(`0x${mask}`) & bit) === 0n;
    });
  } catch {
    return false;
  }
}
