import type {
  PlanDataRollback,
  PlanSettingChange,
  PlanSettingsBack,
  PlanStep,
  PlanView,
} from "../contract/plan.ts";
import { formatAccess } from "./access-setting.ts";
import { count, formatBytes, formatTime, type Terminal } from "./terminal.ts";

const marks = { install: "+", upgrade: "↑", uninstall: "-" };

/** A plan for people; `sql` shows every statement instead of their count. */
export function showPlan(terminal: Terminal, plan: PlanView, options: { sql?: boolean }): void {
  const { out, style } = terminal;
  out(`${style("bold", `Plan ${plan.id}`)} ${style("dim", `on generation ${plan.base}`)}`);
  for (const step of plan.steps) out(`  ${describeStep(terminal, step)}`);
  if (plan.steps.length === 0) out("  nothing changes");
  showSql(terminal, plan, options.sql ?? false);
  section(
    terminal,
    "Asks for",
    plan.permissions.map(({ module, text }) => `${module}: ${text}`),
  );
  section(
    terminal,
    "Permissions that change",
    plan.permissionChanges.map(({ module, text, change }) =>
      change === "added"
        ? style("yellow", `${module}: new: ${text}`)
        : style("dim", `${module}: no longer: ${text}`),
    ),
  );
  section(
    terminal,
    "Left out",
    plan.leftOut.map(({ module, from, to, reason }) => `${module} ${from} → ${to}: ${reason}`),
  );
  const kept = plan.keptData.map(
    ({ module, version, rows, keptAt }) =>
      `${module} ${version}: ${count(rows, "row")} kept since ${formatTime(keptAt)}`,
  );
  section(terminal, "Data kept from before", kept);
  section(
    terminal,
    "Note",
    plan.warnings.map(({ module, text }) => style("yellow", `${module}: ${text}`)),
  );
  section(
    terminal,
    "Would be lost",
    plan.destructive.flatMap(losses).map((text) => style("red", text)),
  );
  section(terminal, "Data rollback", plan.dataRollbacks.flatMap(describeWays));
  section(
    terminal,
    "Settings",
    plan.steps.flatMap((step) => describeConfig(terminal, step)),
  );
  if (plan.settingsBack) section(terminal, ...describeSettings(plan.settingsBack));
  const blocked = plan.blockedBy.map(
    ({ module, neededBy }) => `${module} is needed by ${neededBy.join(", ")}`,
  );
  section(
    terminal,
    "Cannot be applied",
    blocked.map((text) => style("red", text)),
  );
}

function describeConfig({ style }: Terminal, { module, config }: PlanStep): string[] {
  return [
    ...(config?.changes ?? []).map((change) => `${module} ${change.key}: ${describeSetting(change)}`),
    ...(config?.missing ?? []).map(({ key, problem }) =>
      style("red", `${module} ${key || "settings"}: ${problem} (give it with --set or --settings)`),
    ),
  ];
}

function describeSetting({ change, from, to, reason }: PlanSettingChange): string {
  const [before, after] = [from, to].map((value) => JSON.stringify(value));
  const instead = to === null ? "not set any more" : `${after}, the default, is in its place`;
  switch (change) {
    case "removed":
      return `no setting of this version; ${before} is kept for one that has it`;
    case "reset":
      return `${before} ${reason}: ${instead}; it is kept for a version that takes it`;
    case "converted":
      return `${before} ${reason}: becomes ${after}`;
    case "restored":
      return `${after} comes back, which was kept`;
    case "migrated":
      return `${before} → ${after}, by the module's own migration`;
    case "added":
      return `new, ${after}`;
  }
}

function describeSettings(back: PlanSettingsBack): [title: string, lines: string[]] {
  const given = (setting: (typeof back.access)[number]["from"]) =>
    setting === null ? "as its module" : formatAccess(setting);
  return [
    back.chosen ? "Access and settings that go back" : "Access and settings that stay (--settings: go back)",
    [
      ...back.access.map(({ target, from, to }) => `${target}: ${given(from)} → ${given(to)}`),
      ...back.config.map(
        ({ module, key, from, to }) => `${module} ${key}: ${JSON.stringify(from)} → ${JSON.stringify(to)}`,
      ),
    ],
  ];
}

function describeWays(back: PlanDataRollback): string[] {
  const { module, chosen, rows, schema, snapshot } = back;
  const line = (policy: "schema" | "snapshot", text: string) =>
    `${module}=${policy}${chosen === policy ? " (chosen)" : ""}: ${text}`;
  const lost = schema?.lost.filter((loss) => loss.rows > 0) ?? [];
  const goes = lost.map((loss) => `${loss.name} (${count(loss.rows, "row")})`).join(", ");
  return [
    ...(schema ? [line("schema", `rows written since stay${goes && `, but for ${goes}`}`)] : []),
    ...(snapshot
      ? [
          line(
            "snapshot",
            `${count(snapshot.rows, "row")} as of ${formatTime(snapshot.takenAt)} instead of ${rows}`,
          ),
        ]
      : []),
  ];
}

function describeStep({ style }: Terminal, step: PlanStep): string {
  const versions = step.from && step.to ? `${step.from} → ${step.to}` : (step.to ?? step.from ?? "");
  const notes = [
    step.neededBy ? `needed by ${step.neededBy}` : "",
    step.action === "install" ? formatBytes(step.size) : "",
    step.access && step.action === "install" ? `for ${formatAccess(step.access)}` : "",
    step.data ? `data: ${step.data}` : "",
  ].filter(Boolean);
  const colour = step.action === "uninstall" ? "red" : "green";
  if (step.action === "upgrade" && step.from === step.to)
    return style(colour, `${marks.upgrade} settings of ${step.module} ${step.to}`);
  const head = style(colour, `${marks[step.action]} ${step.action} ${step.module} ${versions}`);
  return notes.length > 0 ? `${head}  ${style("dim", notes.join(", "))}` : head;
}

function showSql(terminal: Terminal, { sql }: PlanView, whole: boolean): void {
  if (sql.length === 0) return;
  terminal.out("");
  const hint = whole ? "" : terminal.style("dim", " (--sql shows them)");
  terminal.out(`${terminal.style("bold", count(sql.length, "migration"))}${hint}`);
  for (const { module, migration, sql: text, verdicts } of sql) {
    const lines = text.trimEnd().split("\n");
    terminal.out(`  ${module} ${migration} ${terminal.style("dim", count(lines.length, "line"))}`);
    for (const { kind, line, reason } of verdicts)
      terminal.out(`    ${terminal.style("yellow", kind)} line ${line}: ${reason}`);
    if (whole) for (const line of lines) terminal.out(`    ${line}`);
  }
}

function losses({ module, tables, rows, statements }: PlanView["destructive"][number]): string[] {
  const lost =
    tables.length > 0 ? [`${module}: ${count(tables.length, "table")} with ${count(rows, "row")}`] : [];
  return [...lost, ...statements.map((s) => `${module} ${s.migration}:${s.line}: ${s.reason}`)];
}

function section({ out, style }: Terminal, title: string, lines: string[]): void {
  if (lines.length === 0) return;
  out("");
  out(style("bold", title));
  for (const line of lines) out(`  ${line}`);
}
