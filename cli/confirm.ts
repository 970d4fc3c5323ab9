import { usageError } from "./cli-error.ts";
import type { CommandContext } from "./context.ts";

/**
 * Asks for a word to be typed before something is gone for good; false: it was not, and the command ends with 1.
 * @throws UsageError where nobody can answer
 */
export async function confirmByTyping(
  { terminal, exitWith }: CommandContext,
  { what, word, yes }: { what: string; word: string; yes: boolean | undefined },
): Promise<boolean> {
  if (yes) return true;
  const typed = await terminal.ask(`This deletes ${what}. Type ${word} to go on: `);
  if (typed === null) throw usageError(`This deletes ${what}, which must be confirmed.`, "Add --yes.");
  if (typed.trim() === word) return true;
  terminal.err("Nothing was changed.");
  exitWith(1);
  return false;
}
