/** What a thread of the pool can do: the function `run` of a module, with a budget. */
export interface Task<In, Out> {
  /** File URL of a module that exports `run(input)`, which does not wait for anything. It is loaded in the thread. */
  module: string;
  /** Processor time from the moment the module is loaded. */
  timeMs: number;
  /** Of the answer as JSON. */
  answerCharsMax: number;
  /** Whether the answer is kept by the digest of the input. Not where that holds a secret. */
  keep: boolean;
  /** Only in types. */
  readonly run?: (input: In) => Out;
}

/** Whose text is evaluated, for the order in which that happens and for the words of a refusal. */
export interface Subject {
  module: string;
  /** `README.md`; or words for a text that is in no file. */
  file: string;
  /** Tasks of one owner run one after the other; the module unless given. */
  owner?: string;
}

/**
 * A task that runs beside the host. Input and answer are plain data.
 * @param module `new URL("./x-task.ts", import.meta.url)`
 */
export function defineTask<Run extends (input: never) => unknown>(
  module: URL,
  budget: { timeMs: number; answerCharsMax?: number; keep?: boolean },
): Task<Parameters<Run>[0], ReturnType<Run>> {
  return { answerCharsMax: 2_000_000, keep: false, ...budget, module: module.href };
}
