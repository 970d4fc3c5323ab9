export type Suite = "unit" | "e2e";

interface VitestReport {
  testResults: { name: string; status: string }[];
}

interface PlaywrightSuite {
  specs?: { file: string; ok: boolean }[];
  suites?: PlaywrightSuite[];
}

interface PlaywrightReport {
  config: { rootDir: string };
  suites: PlaywrightSuite[];
}

/** The files with a failed test, as the runner's own JSON report names them; Playwright's are relative to its `rootDir`. */
export function failedFiles(suite: Suite, report: unknown): string[] {
  if (suite === "unit")
    return (report as VitestReport).testResults
      .filter(({ status }) => status === "failed")
      .map(({ name }) => name);
  const { config, suites } = report as PlaywrightReport;
  const failed = suites.flatMap(specsOf).filter(({ ok }) => !ok);
  return [...new Set(failed.map(({ file }) => `${config.rootDir}/${file}`))];
}

function specsOf({ specs = [], suites = [] }: PlaywrightSuite): { file: string; ok: boolean }[] {
  return [...specs, ...suites.flatMap(specsOf)];
}
