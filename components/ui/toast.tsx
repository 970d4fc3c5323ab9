import { texts } from "./texts";

interface ProblemLike {
  detail: string;
  hint?: string | undefined;
  errorId?: string | undefined;
}
interface ToastOptions {
  duration?: number;
  description?: string | undefined;
  action?: { label: string; onClick: () => void };
}
type Show = (message: string, options?: ToastOptions) => unknown;
/** What shows toasts; loaded with the first of them. */
export type Toasts = Show & Record<"success" | "error" | "info", Show>;

let toasts: Toasts | null = null;
let waiting: ((shown: Toasts) => unknown)[] = [];
const listeners = new Set<() => void>();

/** Shows it, now or as soon as what shows toasts has been loaded. */
export function showToast(show: (shown: Toasts) => unknown): void {
  if (toasts !== null) {
    show(toasts);
    return;
  }
  waiting.push(show);
  for (const listener of listeners) listener();
}

/** Says that it is done, with Undo for a few seconds. */
export function toastUndo(message: string, undo: () => unknown): void {
  showToast((toast) =>
    toast.success(message, { duration: 8000, action: { label: texts.undo, onClick: () => void undo() } }),
  );
}

export function toastSuccess(message: string): void {
  showToast((toast) => toast.success(message));
}

/** An error with what to do next; stays until dismissed long enough to be read. */
export function toastProblem(problem: ProblemLike): void {
  showToast((toast) =>
    toast.error(problem.detail, {
      duration: 10_000,
      description: problem.hint ?? (problem.errorId ? texts.errorId(problem.errorId) : undefined),
    }),
  );
}

/** For the shell: whether anything is or was to be shown. */
export function isToasting(): boolean {
  return toasts !== null || waiting.length > 0;
}
export function onToasting(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
/** For the shell: from now on this shows them, beginning with those that wait. */
export function takeToasts(shown: Toasts): void {
  toasts = shown;
  const shows = waiting;
  waiting = [];
  for (const show of shows) show(shown);
}
