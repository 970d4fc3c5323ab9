"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { type ActionResult, type Problem, problemFrom, unwrap } from "@/lib/problem";
import { getQueryClient } from "./query-provider";
import { toastProblem } from "./toast";

interface ChangeOptions<Input, Data> {
  onDone?: (data: Data, input: Input) => void;
  /** `inline`: the caller shows `problem` itself, in a form. Otherwise it becomes a toast. */
  problems?: "toast" | "inline";
  /** False where the caller leaves the page after success. */
  refresh?: boolean;
}

export interface Change<Input, Data> {
  /** Runs the action, then renders the page anew; null when it failed. */
  run(input: Input): Promise<Data | null>;
  pending: boolean;
  /** What stands in the way, unless it belongs to single fields. */
  problem: Problem | null;
  /** The first message of each field that was not accepted. */
  fields: Record<string, string | undefined>;
  /** For a form's `onInput`: what is being corrected is no longer shown as wrong. Controls are known by `name`. */
  onInput(event: FormEvent): void;
}

/** One change through a server action: pending state, field errors, problems, and a fresh page afterwards. */
export function useChange<Input, Data>(
  action: (input: Input) => Promise<ActionResult<Data>>,
  options: ChangeOptions<Input, Data> = {},
): Change<Input, Data> {
  const router = useRouter();
  const [corrected, setCorrected] = useState<ReadonlySet<string>>(new Set());
  const [client] = useState(getQueryClient);
  const mutation = useMutation<Data, unknown, Input>(
    {
      mutationFn: (input) => unwrap(action(input)),
      onSuccess: (data, input) => {
        options.onDone?.(data, input);
        if (options.refresh !== false) router.refresh();
      },
      onError: (error) => {
        if (options.problems === "inline") focusFirstInvalid();
        else toastProblem(problemFrom(error));
      },
    },
    client,
  );
  const problem = mutation.error === null ? null : problemFrom(mutation.error);
  const fields = problem === null ? {} : fieldMessages(problem);
  const inline = Object.keys(fields).length > 0;
  for (const name of corrected) fields[name] = undefined;
  return {
    run(input) {
      setCorrected(new Set());
      return mutation.mutateAsync(input).catch(() => null);
    },
    pending: mutation.isPending,
    problem: inline ? null : problem,
    fields,
    onInput({ target }) {
      const name = target instanceof HTMLElement ? target.getAttribute("name") : null;
      if (name !== null && fields[name] !== undefined) setCorrected(new Set([...corrected, name]));
    },
  };
}

/** In the form that was sent, once it shows what was not accepted. */
function focusFirstInvalid() {
  const form = document.activeElement?.closest("form");
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}

function fieldMessages(problem: Problem): Record<string, string | undefined> {
  const errors = problem.details?.fieldErrors;
  if (typeof errors !== "object" || errors === null) return {};
  const messages: Record<string, string | undefined> = {};
  for (const [field, list] of Object.entries(errors)) {
    if (Array.isArray(list) && typeof list[0] === "string") messages[field] = sentence(list[0]);
  }
  return messages;
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
