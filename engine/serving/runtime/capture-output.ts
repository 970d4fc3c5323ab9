import type { Readable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import type { LogBuffer } from "./log-buffer.ts";
import { createLineSplitter } from "./split-lines.ts";

export interface CaptureLimits {
  lineBytes: number;
  windowMs: number;
  /** Per window: beyond this, lines are left out with a count. 2 MB/s is far above what a person can follow. */
  keptBytes: number;
  /** Per window: beyond this, nothing is read and the module waits in its own write. */
  readBytes: number;
}

const defaults: CaptureLimits = {
  lineBytes: 8_192,
  windowMs: 250,
  keptBytes: 512_000,
  readBytes: 8_000_000,
};

/** Puts the lines of a module's output stream into its log; a flood costs the host neither memory nor its event loop. */
export function captureOutput(
  stream: Readable,
  { name, logs }: { name: "stdout" | "stderr"; logs: LogBuffer },
  limits: CaptureLimits = defaults,
): void {
  const splitter = createLineSplitter(limits.lineBytes, (line) =>
    logs.add(name, stripVTControlCharacters(line)),
  );
  let windowBytes = 0;
  let leftOut = 0;
  // The newest chunk of a flood: what a module printed last, perhaps why it died, is worth most.
  let latest: Buffer | null = null;
  let timer: NodeJS.Timeout | undefined;

  function closeWindow(): void {
    timer = undefined;
    windowBytes = 0;
    if (latest !== null) {
      const size = ((leftOut - latest.length) / 1e6).toFixed(1);
      logs.add("host", `${size} MB of ${name} left out: the module printed faster than a log is kept`);
      splitter.skipLine();
      splitter.push(latest);
      latest = null;
      leftOut = 0;
    }
    stream.resume();
  }

  stream.on("data", (chunk: Buffer) => {
    timer ??= setTimeout(closeWindow, limits.windowMs).unref();
    windowBytes += chunk.length;
    if (windowBytes <= limits.keptBytes) {
      splitter.push(chunk);
      return;
    }
    leftOut += chunk.length;
    latest = chunk;
    if (windowBytes > limits.readBytes) stream.pause();
  });
  stream.on("error", () => {});
  stream.once("close", () => {
    clearTimeout(timer);
    closeWindow();
    splitter.end();
  });
}
