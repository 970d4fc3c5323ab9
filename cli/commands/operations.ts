import type { OperationView } from "../../contract/operation.ts";
import type { Page } from "../../contract/page.ts";
import { type AddCommands, answer, jsonOption, query } from "../context.ts";
import { createProgress, followOperation } from "../follow-operation.ts";
import { formatTime, table } from "../terminal.ts";

/** operations, operations show, operations cancel: what was applied, how far it is, and an end to it. */
export const addOperationsCommand: AddCommands = (program, { terminal, client, exitWith }) => {
  const operations = program.command("operations").description("what was applied, and how it went");
  operations
    .command("list", { isDefault: true })
    .description("the newest first")
    .option("-n, --limit <count>", "how many", "50")
    .option(...jsonOption)
    .action(async ({ limit, json }) => {
      const found = await client().call<Page<OperationView>>("GET", `/operations${query({ limit })}`);
      answer({ terminal, json }, found, ({ items }) => {
        const rows = items.map((one) => [
          one.id,
          formatTime(one.startedAt),
          one.actorName,
          one.status,
          one.title,
        ]);
        table(terminal, ["id", "started", "by", "state", "what"], rows);
      });
    });
  operations
    .command("show")
    .description("one of them, watched to its end")
    .argument("<id>")
    .option(...jsonOption)
    .action(async (id: string, { json }) => {
      const api = client();
      const found = await api.call<OperationView>("GET", `/operations/${encodeURIComponent(id)}`);
      const ended = await followOperation(api, found, json ? () => {} : createProgress(terminal));
      answer({ terminal, json }, ended, () => {
        terminal.out(`${ended.title}: ${ended.status}.`);
        if (ended.error) terminal.out(`${ended.error.code}: ${ended.error.detail}`);
      });
      if (ended.status !== "succeeded") exitWith(1);
    });
  operations
    .command("cancel")
    .description("break off one that is not decided yet; nothing is changed then")
    .argument("<id>")
    .option(...jsonOption)
    .action(async (id: string, { json }) => {
      const api = client();
      const begun = await api.call<OperationView>("DELETE", `/operations/${encodeURIComponent(id)}`);
      const ended = await followOperation(api, begun, () => {});
      answer({ terminal, json }, ended, () =>
        terminal.out(`${ended.title}: ${ended.status}. Nothing was changed.`),
      );
    });
};
