import type { AttentionRetryView, AttentionView } from "../../contract/attention.ts";
import type { Page } from "../../contract/page.ts";
import { type AddCommands, answer, jsonOption } from "../context.ts";
import { formatTime, table } from "../terminal.ts";

const path = (id: string) => `/attention/${encodeURIComponent(id)}`;

/** attention, attention retry, attention dismiss: what could not be finished, taken back or cleaned up. */
export const addAttentionCommand: AddCommands = (program, { terminal, client, exitWith }) => {
  const attention = program
    .command("attention")
    .description("what could not be finished, taken back or cleaned up");
  attention
    .command("list", { isDefault: true })
    .description("what waits for a decision first")
    .option(...jsonOption)
    .action(async ({ json }) => {
      const found = await client().call<Page<AttentionView>>("GET", "/attention");
      answer({ terminal, json }, found, ({ items }) => {
        if (items.length === 0) return terminal.out("Nothing needs attention.");
        const rows = items.map((one) => [
          one.id,
          one.kind,
          String(one.attempts),
          one.nextAt === null ? "when you say" : formatTime(one.nextAt),
          `${one.title}: ${one.problem.detail}`,
        ]);
        table(terminal, ["id", "kind", "tried", "next", "what"], rows);
      });
    });
  attention
    .command("retry")
    .description("try it again now")
    .argument("<id>")
    .option(...jsonOption)
    .action(async (id: string, { json }) => {
      const result = await client().call<AttentionRetryView>("POST", `${path(id)}/retry`);
      answer({ terminal, json }, result, ({ settled, left }) =>
        terminal.out(settled ? "It is settled." : `It failed again: ${left?.problem.detail}`),
      );
      if (!result.settled) exitWith(1);
    });
  attention
    .command("dismiss")
    .description("leave it as it is; modules that were stopped start with what is stored of them")
    .argument("<id>")
    .option(...jsonOption)
    .action(async (id: string, { json }) => {
      await client().call("DELETE", path(id));
      answer({ terminal, json }, null, () => terminal.out("It is left as it is."));
    });
};
