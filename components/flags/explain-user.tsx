"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { UserPicker } from "@/components/people/user-picker";
import { Button } from "@/components/ui/button";
import { Check, UserSearch, X } from "@/components/ui/icons";
import { Section } from "@/components/ui/section";
import { toastProblem } from "@/components/ui/toast";
import type { FlagExplanation } from "@/contract/flags";
import { type ActionResult, problemFrom, unwrap } from "@/lib/problem";
import { texts } from "./texts.ts";

type Explained = Pick<FlagExplanation, "text" | "rules" | "changes">;

/** What one user gets, and why. */
export function ExplainUser(props: {
  /** What is asked about: with another of it, an answer counts no more. */
  subject: unknown;
  description: string;
  explain: (userId: string) => Promise<ActionResult<Explained | null>>;
  words?: Record<string, string>;
}) {
  const [user, setUser] = useState<{ id: string; name: string } | null>(null);
  const asked = JSON.stringify(props.subject);
  const explain = useMutation({
    mutationFn: async (userId: string) => {
      return { explanation: await unwrap(props.explain(userId)), asked };
    },
    onError: (error) => toastProblem(problemFrom(error)),
  });
  const found = explain.data?.asked === asked ? explain.data.explanation : null;
  return (
    <Section
      title={texts.explain}
      description={props.description}
      actions={
        <div className="flex gap-2">
          {user !== null && found === null ? (
            <Button size="sm" pending={explain.isPending} onClick={() => explain.mutate(user.id)}>
              {texts.askAgainFor(user.name)}
            </Button>
          ) : null}
          <UserPicker
            onPick={(picked) => {
              setUser(picked);
              explain.mutate(picked.id);
            }}
          >
            <Button size="sm">
              <UserSearch aria-hidden />
              {texts.chooseUser}
            </Button>
          </UserPicker>
        </div>
      }
    >
      {found === null ? (
        <p className="text-muted-foreground">{texts.explainHint}</p>
      ) : (
        <Explanation explanation={found} words={props.words ?? {}} />
      )}
    </Section>
  );
}

function Explanation(props: { explanation: Explained; words: Record<string, string> }) {
  const { explanation, words } = props;
  return (
    <div className="grid gap-3">
      <p role="status" className="font-medium">
        {explanation.text}
      </p>
      <ol className="grid gap-2">
        {explanation.rules.map((rule) => (
          <ExplainedRule key={rule.number} rule={rule} words={words} />
        ))}
      </ol>
      {explanation.changes.length === 0 ? null : (
        <div className="grid gap-1">
          <p className="text-xs font-medium text-muted-foreground">{texts.whatWouldChangeIt}</p>
          <ul className="list-disc pl-5">
            {explanation.changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function ExplainedRule({ rule, words }: { rule: Explained["rules"][number]; words: Record<string, string> }) {
  const given = (
    <span className="font-mono text-xs">
      {rule.variant === null ? texts.valueInCode : (words[rule.variant] ?? rule.variant)}
    </span>
  );
  return (
    <li className="rounded-lg border px-3 py-2">
      <p className="flex justify-between gap-4">
        <span>{texts.ruleNumber(rule.number)}</span>
        <span className="text-muted-foreground">
          {rule.matched ? texts.ruleGives(given) : texts.ruleWouldGive(given)}
        </span>
      </p>
      <ul>
        {rule.conditions.map(({ text, met }) => (
          <li key={text} className="flex items-center gap-2 text-muted-foreground">
            {met ? (
              <Check aria-label={texts.met} className="size-4 shrink-0 text-success" />
            ) : (
              <X aria-label={texts.notMet} className="size-4 shrink-0" />
            )}
            <span className="min-w-0 break-words">{text}</span>
          </li>
        ))}
      </ul>
    </li>
  );
}
