import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findIconNames, makeIconFiles } from "./copy-icons.ts";

const root = join(import.meta.dirname, "..");
const folder = join(root, "components/ui/icons");

test("names are found wherever pages import them, types and other names aside", () => {
  const sources = [
    'import { CircleCheck, type IconComponent, X as Close } from "@/components/ui/icons";',
    'import {\n  Download,\n  Undo2,\n} from "@/components/ui/icons";',
    'import { Other } from "@/components/ui/button";',
  ];
  expect(findIconNames(sources)).toEqual(["CircleCheck", "Download", "Undo2", "X"]);
});

test("components/ui/icons holds the icons that are used, as the installed Lucide draws them, and no other", async () => {
  const sources = ["app", "components"].flatMap((dir) =>
    readdirSync(join(root, dir), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => readFileSync(join(root, dir, file), "utf8")),
  );
  const files = await makeIconFiles(findIconNames(sources));
  const plain = (text: string) => text.replaceAll(/[\s,"]/g, "");
  const found = readdirSync(folder).filter((file) => file.endsWith(".ts"));
  expect(found.sort()).toEqual([...files.keys()].sort());
  for (const [name, text] of files) {
    const stored = readFileSync(join(folder, name), "utf8");
    // Formatted, the names in their order; the same lines otherwise.
    const lines = (source: string) => source.split("\n").map(plain).filter(Boolean).sort();
    if (name === "index.ts") expect(lines(stored)).toEqual(lines(text));
    else expect(plain(stored), name).toBe(plain(text));
  }
});
