import type { Command } from "commander";
import type { ExperimentResults, ExperimentView, GoalSource } from "../../contract/experiments.ts";
import type { FlagPreview } from "../../contract/flags.ts";
import type { Page } from "../../contract/page.ts";
import { confirmByTyping } from "../confirm.ts";
import { type AddCommands, answer, type CommandContext, jsonOption } from "../context.ts";
import { readJsonFile } from "../read-file.ts";
import { showPreview } from "../show-preview.ts";
import { showResults } from "../show-results.ts";
import { formatTime, type Terminal, table } from "../terminal.ts";

const idArgument = ["<id>", "see `graft experiments`"] as const;
const pathOf = (id: string) => `/experiments/${encodeURIComponent(id)}`;

/** experiments: list, show, goals, create, change, start, stop, roll-out, undo, delete. */
export const addExperimentsCommand: AddCommands = (program, context) => {
  const experiments = program.command("experiments").description("experiments on flags");
  addLook(experiments, context);
  addWrite(experiments, context);
  addLifecycle(experiments, context);
  addDelete(experiments, context);
};

function addLook(experiments: Command, { terminal, client }: CommandContext): void {
  experiments
    .command("list", { isDefault: true })
    .description("every experiment, or the figures of one")
    .argument("[id]", "one of them")
    .option(...jsonOption)
    .action(async (id: string | undefined, { json }) => {
      if (id !== undefined) {
        const results = await client().call<ExperimentResults>("GET", `${pathOf(id)}/results`);
        answer({ terminal, json }, results, () => showResults(terminal, results));
        return;
      }
      const found = await client().call<Page<ExperimentView>>("GET", "/experiments");
      answer({ terminal, json }, found, ({ items }) => showExperiments(terminal, items));
    });
  experiments
    .command("show")
    .description("how one is set up")
    .argument(...idArgument)
    .option(...jsonOption)
    .action(async (id: string, { json }) => {
      const found = await client().call<ExperimentView>("GET", pathOf(id));
      answer({ terminal, json }, found, () => showExperiment(terminal, found));
    });
  experiments
    .command("goals")
    .description("what installed modules report that experiments can be judged by")
    .option(...jsonOption)
    .action(async ({ json }) => {
      const found = await client().call<Page<GoalSource>>("GET", "/experiment-goals");
      answer({ terminal, json }, found, ({ items }) => {
        const rows = items.map(({ module, goal, kind, title }) => [module, goal, kind, title]);
        table(terminal, ["module", "goal", "kind", "title"], rows);
      });
    });
}

function addWrite(experiments: Command, context: CommandContext): void {
  const { terminal, client } = context;
  const shape =
    "title, flagKey, variants, goals and so on as JSON (docs/experiments.md); - for standard input";
  experiments
    .command("create")
    .description("make a draft")
    .argument("<file>", shape)
    .option(...jsonOption)
    .action(async (file: string, { json }) => {
      const made = await client().call<ExperimentView>(
        "POST",
        "/experiments",
        await readJsonFile(context, file),
      );
      answer({ terminal, json }, made, () => showExperiments(terminal, [made]));
    });
  experiments
    .command("change")
    .description("change a draft")
    .argument(...idArgument)
    .argument("<file>", shape)
    .option(...jsonOption)
    .action(async (id: string, file: string, { json }) => {
      const saved = await client().call<ExperimentView>("PUT", pathOf(id), await readJsonFile(context, file));
      answer({ terminal, json }, saved, () => showExperiments(terminal, [saved]));
    });
}

function addLifecycle(experiments: Command, { terminal, client }: CommandContext): void {
  const plain = [
    { name: "stop", part: "stop", text: "end it; the flag is again what it was" },
    { name: "undo", part: "roll-out/undo", text: "put the flag back as it was before the experiment" },
  ];
  async function run(
    id: string,
    part: string,
    options: { preview?: boolean; json?: boolean; body?: object },
  ) {
    const { preview, json, body } = options;
    if (preview) {
      const found = await client().call<FlagPreview>("POST", `${pathOf(id)}/${part}/preview`, body);
      return answer({ terminal, json }, found, () => showPreview(terminal, found));
    }
    const changed = await client().call<ExperimentView>("POST", `${pathOf(id)}/${part}`, body);
    answer({ terminal, json }, changed, () => showExperiments(terminal, [changed]));
  }
  const previewOption = ["--preview", "only say who would get something else"] as const;
  experiments
    .command("start")
    .description("put the split before the flag's rules")
    .argument(...idArgument)
    .option(...previewOption)
    .option(...jsonOption)
    .action((id: string, options) => run(id, "start", options));
  experiments
    .command("roll-out")
    .description("decide: give everyone in the audience this variant, and end it")
    .argument(...idArgument)
    .argument("<variant>", "as the flag names it")
    .option(...previewOption)
    .option(...jsonOption)
    .action((id: string, variant: string, options) => run(id, "roll-out", { ...options, body: { variant } }));
  for (const { name, part, text } of plain)
    experiments
      .command(name)
      .description(text)
      .argument(...idArgument)
      .option(...jsonOption)
      .action((id: string, options) => run(id, part, options));
}

function addDelete(experiments: Command, context: CommandContext): void {
  experiments
    .command("delete")
    .description("delete one that does not run, with its figures")
    .argument(...idArgument)
    .option("-y, --yes", "without asking")
    .action(async (id: string, { yes }) => {
      const api = context.client();
      const { title, flagKey } = await api.call<ExperimentView>("GET", pathOf(id));
      if (!(await confirmByTyping(context, { what: `${title} with its figures`, word: flagKey, yes })))
        return;
      await api.call("DELETE", pathOf(id));
      context.terminal.out(`${title} was deleted.`);
    });
}

function showExperiments(terminal: Terminal, experiments: readonly ExperimentView[]): void {
  if (experiments.length === 0) {
    terminal.out("There are no experiments.");
    return;
  }
  const rows = experiments.map((one) => [one.id, one.status, one.flagKey, one.title, one.winner ?? ""]);
  table(terminal, ["id", "state", "flag", "title", "winner"], rows);
}

function showExperiment(terminal: Terminal, experiment: ExperimentView): void {
  const { title, hypothesis, flagKey, status, variants, goals, share, startedAt } = experiment;
  terminal.out(`${terminal.style("bold", title)}, ${status}, on ${flagKey}`);
  if (hypothesis !== "") terminal.out(hypothesis);
  terminal.out(`Variants: ${variants.map(({ variant, weight }) => `${variant} (${weight})`).join(", ")}`);
  terminal.out(`Goals: ${goals.map((goal) => `${goal.title} (${goal.direction})`).join(", ")}`);
  terminal.out(`${share} % of the audience; started: ${formatTime(startedAt)}`);
}
