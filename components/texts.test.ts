import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const letters = /\p{L}/u;
/** Attributes that people read or hear. */
const shown =
  /^(aria-label|label|title|placeholder|description|hint|submit|confirm|confirmLabel|legend|text)$/;

function sourcesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".tsx"))
    .map((file) => join(root, folder, file));
}

/** Features that have a catalogue, and the pages that read one. */
function filesWithCatalogue(): string[] {
  const features = readdirSync(join(root, "components"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join("components", name))
    .filter((folder) => readdirSync(join(root, folder)).includes("texts.ts"));
  const pages = sourcesIn("app").filter((file) => /from "[^"]*texts"/.test(readFileSync(file, "utf8")));
  return [...features.flatMap(sourcesIn), ...pages];
}

function textsIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const note = (text: string) => found.push(`${relative(root, file)}: ${text.trim()}`);
  function visit(node: ts.Node) {
    // What is typed as it stands, such as the name of a setting, is not translated.
    if (ts.isJsxElement(node) && node.openingElement.tagName.getText(source) === "code") return;
    if (ts.isJsxText(node) && letters.test(node.text)) note(node.text);
    if (ts.isJsxAttribute(node) && shown.test(node.name.getText(source))) {
      const value = node.initializer;
      if (value !== undefined && ts.isStringLiteral(value) && letters.test(value.text)) note(value.text);
    }
    ts.forEachChild(node, visit);
  }
  visit(source);
  return found;
}

test("what people read stands in the catalogue of its feature, not in its components and pages", () => {
  const files = filesWithCatalogue();
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap(textsIn)).toEqual([]);
});
