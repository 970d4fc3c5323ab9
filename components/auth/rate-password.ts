import { texts } from "./texts.ts";

/** 0 (guessed at once) to 4 (safe against guessing offline), as zxcvbn counts. */
export type PasswordScore = 0 | 1 | 2 | 3 | 4;

/** What the host asks for; the same rule as its own check, which has the last word. */
export const passwordLengthMin = 10;
export const passwordScoreMin = 2;

export interface PasswordRating {
  score: PasswordScore;
  label: string;
  /** What would make it acceptable; null when it is. */
  advice: string | null;
}

const labels = [texts.veryWeak, texts.weak, texts.fair, texts.good, texts.strong] as const;

export function ratePassword(password: string, score: PasswordScore): PasswordRating {
  const missing = passwordLengthMin - password.length;
  if (missing > 0) {
    const shown: PasswordScore = score > 1 ? 1 : score;
    return { score: shown, label: texts.tooShort, advice: texts.charactersMissing(missing) };
  }
  const advice = score < passwordScoreMin ? texts.easyToGuess : null;
  return { score, label: labels[score], advice };
}

type Estimate = (password: string, known: string[]) => PasswordScore;
let loading: Promise<Estimate> | undefined;

/** Loads the estimator and its word lists once, on first use: they weigh more than the page. */
export function loadEstimator(): Promise<Estimate> {
  loading ??= Promise.all([import("@zxcvbn-ts/core"), import("@zxcvbn-ts/language-common")]).then(
    ([{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }]) => {
      const factory = new ZxcvbnFactory({ dictionary: { ...dictionary }, graphs: adjacencyGraphs });
      return (password, known) => factory.check(password.slice(0, 100), known).score as PasswordScore;
    },
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}
