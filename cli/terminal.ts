import { stripVTControlCharacters, styleText } from "node:util";

type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** Where a command writes: injected, so that tests read what people would see. */
export interface Terminal {
  out(line: string): void;
  /** Progress, prompts and errors: standard output stays clean for pipes. */
  err(line: string): void;
  /** One line that each next one replaces, the empty one for good; nothing where nobody looks. */
  status?(line: string): void;
  /** Asks a question; null when nobody can answer (no terminal). `hidden`: what is typed is not shown. */
  ask(question: string, options?: { hidden: boolean }): Promise<string | null>;
  style(style: Style, text: string): string;
}

export function createTerminal(): Terminal {
  const coloured = process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== "dumb";
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    status: (line) => {
      if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line.slice(0, process.stderr.columns - 1)}`);
    },
    style: (style, text) => (coloured ? styleText(style, text, { validateStream: false }) : text),
    async ask(question, { hidden } = { hidden: false }) {
      if (!process.stdin.isTTY) return null;
      const { createInterface } = await import("node:readline/promises");
      // What is typed is echoed by Node, not by the terminal, only where it is told that there is one.
      const lines = hidden
        ? createInterface({ input: process.stdin, output: await muted(question), terminal: true })
        : createInterface({ input: process.stdin, output: process.stderr });
      // Ctrl-C and Ctrl-D mean no.
      const ended = new AbortController();
      lines.on("SIGINT", () => ended.abort()).on("close", () => ended.abort());
      try {
        return await lines.question(question, { signal: ended.signal });
      } catch {
        return "";
      } finally {
        lines.close();
        if (hidden) process.stderr.write("\n");
      }
    },
  };
}

/** Shows the question and nothing of what is typed. */
async function muted(question: string) {
  const { Writable } = await import("node:stream");
  process.stderr.write(question);
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

/** Rows as aligned columns below a head; nothing but the head's absence for no rows. */
export function table(terminal: Terminal, head: string[], rows: string[][]): void {
  const widths = head.map((title, i) => Math.max(...[title, ...rows.map((row) => row[i] ?? "")].map(width)));
  const line = (cells: string[]) =>
    cells
      .map((cell, i) => cell + " ".repeat(Math.max(0, (widths[i] ?? 0) - width(cell))))
      .join("  ")
      .trimEnd();
  terminal.out(terminal.style("dim", line(head.map((title) => title.toUpperCase()))));
  for (const row of rows) terminal.out(line(row));
}

function width(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}

export function formatMs(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ["KB", "MB", "GB"];
  const power = Math.min(units.length, Math.floor(Math.log(bytes) / Math.log(1024)));
  return `${(bytes / 1024 ** power).toFixed(1)} ${units[power - 1]}`;
}

/** `2026-01-31 12:05 +01:00`: the terminal's time zone, which the offset tells. */
export function formatTime(iso: string | null): string {
  if (!iso) return "never";
  const at = new Date(iso);
  const offset = -at.getTimezoneOffset();
  const shifted = new Date(at.getTime() + offset * 60_000).toISOString();
  const two = (n: number) => String(Math.floor(n)).padStart(2, "0");
  const zone = `${offset < 0 ? "-" : "+"}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`;
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 16)} ${zone}`;
}

export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}
