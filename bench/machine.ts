import { cpus, totalmem } from "node:os";

/** One line that says what a figure was measured on. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? "unknown CPU";
  const memoryGb = (totalmem() / 1024 ** 3).toFixed(0);
  return `${cpus().length} × ${model}, ${memoryGb} GB, ${process.platform}, Node ${process.version}`;
}
