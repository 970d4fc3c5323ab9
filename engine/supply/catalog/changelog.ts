import semver from "semver";

const heading = /^##\s+\[?v?(\d+\.\d+\.\d+[^\s\]]*)\]?.*$/;

/** Sections of a CHANGELOG.md by version: `## 1.2.0`, `## [1.2.0] - 2026-01-31`, `## v1.2.0`. */
export function parseChangelog(markdown: string): Map<string, string> {
  const sections = new Map<string, string>();
  let version: string | null = null;
  let lines: string[] = [];
  const close = () => {
    if (version !== null && !sections.has(version)) sections.set(version, lines.join("\n").trim());
  };
  let fenced = false;
  for (const line of markdown.split(/\r?\n/)) {
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced;
    if (fenced || !/^##?\s/.test(line)) {
      lines.push(line);
      continue;
    }
    close();
    version = semver.valid(heading.exec(line)?.[1] ?? "");
    lines = [];
  }
  close();
  return sections;
}
