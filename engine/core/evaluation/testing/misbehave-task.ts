import { GraftError } from "../../errors.ts";

export interface Misbehaviour {
  kind: "answer" | "hang" | "pattern" | "memory" | "recursion" | "flood" | "refuse" | "throw" | "environment";
  text?: string;
}

/** Everything a text can make a thread do. */
export function run({ kind, text = "" }: Misbehaviour): string {
  switch (kind) {
    case "answer":
      return text;
    case "hang":
      for (;;);
    case "pattern":
      return String(/^(\w+\s?)+$/.test(`${"a".repeat(60)}!`));
    case "memory":
      for (const held: string[][] = []; ; )
        held.push(Array.from({ length: 100_000 }, (_, i) => `${i}${text}`));
    case "recursion":
      return run({ kind, text });
    case "flood":
      return "x".repeat(3_000_000);
    case "refuse":
      throw new GraftError("MANIFEST_INVALID", "wrong", { hint: "right it", details: { line: 3 } });
    case "throw":
      throw new TypeError("a fault of the task");
    case "environment":
      return Object.keys(process.env).join();
  }
}
