import type { AuditView } from "@/contract/audit";

const columns = ["time", "actor", "via", "action", "target", "summary", "plan", "operation", "address"];

export function csvHeader(): string {
  return `${columns.join(",")}\r\n`;
}

export function csvRow(entry: AuditView): string {
  const cells = [
    entry.at,
    entry.actorName,
    entry.via,
    entry.action,
    entry.target,
    entry.summary,
    entry.planId,
    entry.operationId,
    entry.ip,
  ];
  return `${cells.map((cell) => csvCell(cell ?? "")).join(",")}\r\n`;
}

/** RFC 4180; a leading = + - @ is defused, since spreadsheets would run it as a formula. */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
