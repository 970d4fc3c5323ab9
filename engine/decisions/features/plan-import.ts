import { isDeepStrictEqual } from "node:util";
import type {
  DocumentProblem,
  FlagDefinition,
  FlagInput,
  FlagPreview,
  ImportPlan,
} from "../../../contract/flags.ts";
import { GraftError, isGraftError, type Json } from "../../core/index.ts";
import { parseDocument } from "../targeting/parse-document.ts";
import { readDocument } from "./flagd-document.ts";

/** What importing a document would do; `problems` keep all of it out. */
export function planImport(
  text: string,
  current: {
    definitionOf: (key: string) => FlagDefinition | null;
    evaluators: Readonly<Record<string, Json>>;
    /** @throws INVALID_INPUT when all flags together would become too large */
    checkTogether: (flags: Record<string, FlagInput>, evaluators: Record<string, Json>) => void;
    /** @throws INVALID_INPUT with what is wrong with one flag, all others as they will be */
    check: (key: string, flags: Record<string, FlagInput>, evaluators: Record<string, Json>) => void;
    preview: (key: string, flags: Record<string, FlagInput>, evaluators: Record<string, Json>) => FlagPreview;
  },
): { plan: ImportPlan; flags: Record<string, FlagInput>; evaluators: Record<string, Json> } {
  const { document, problems, locate } = parseDocument(text);
  const none: ImportPlan = { problems, flags: [], evaluators: [] };
  if (document === null) return { plan: none, flags: {}, evaluators: {} };
  const { flags, evaluators } = readDocument(document);
  const merged = { ...current.evaluators, ...evaluators };
  current.checkTogether(flags, merged);
  const wrong = Object.keys(flags).flatMap((key): DocumentProblem[] => {
    try {
      current.check(key, flags, merged);
      return [];
    } catch (error) {
      return problemsOf(error, key).map((message) => locate(["flags", key], `${key}: ${message}`));
    }
  });
  if (wrong.length > 0) return { plan: { ...none, problems: wrong }, flags: {}, evaluators: {} };
  const planned = Object.entries(flags).map(([key, { definition }]): ImportPlan["flags"][number] => {
    const before = current.definitionOf(key);
    const kind = before === null ? "new" : isDeepStrictEqual(before, definition) ? "same" : "changed";
    const { changed, gain, lose } = current.preview(key, flags, merged);
    return { key, kind, users: changed.count, gain, lose };
  });
  const shared = Object.keys(evaluators).filter(
    (name) => !isDeepStrictEqual(current.evaluators[name], evaluators[name]),
  );
  return { plan: { problems: [], flags: planned, evaluators: shared }, flags, evaluators };
}

function problemsOf(error: unknown, key: string): string[] {
  if (!isGraftError(error)) throw error;
  const fields = error.details?.fieldErrors as Record<string, string[]> | undefined;
  return fields?.[key] ?? [error.message];
}

/** @throws INVALID_INPUT naming the first of the problems */
export function refuseProblems({ problems }: ImportPlan): void {
  const [first] = problems;
  if (first === undefined) return;
  throw new GraftError("INVALID_INPUT", `Line ${first.line}: ${first.message}.`, {
    hint: "Nothing was imported.",
    details: { problems },
  });
}
