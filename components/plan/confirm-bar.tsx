"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { toastProblem } from "@/components/ui/toast";
import { problemFrom, unwrap } from "@/lib/problem";
import { applyPlan } from "./actions";
import { texts } from "./texts";

/**
 * Applies the plan that is shown. Names in `typed` have to be typed before anything of theirs is deleted; what modules in
 * `consents` may do anew has to be accepted.
 */
export function ConfirmBar(props: {
  plan: string;
  label: string;
  typed: string[];
  consents: { module: string; title: string; count: number }[];
  /** Modules whose settings have to be given first. */
  missing: { module: string; title: string }[];
  summary: string;
}) {
  const router = useRouter();
  const [names, setNames] = useState<Record<string, string>>({});
  const [accepted, setAccepted] = useState<string[]>([]);
  const apply = useMutation({
    mutationFn: () => unwrap(applyPlan({ plan: props.plan, confirm: props.typed, consent: accepted })),
    onSuccess: ({ id }) => router.push(`/admin/operations/${id}`),
    onError: (error) => {
      toastProblem(problemFrom(error));
      // A stale plan says so on the page, with the way to a fresh one.
      router.refresh();
    },
  });
  const ready =
    props.missing.length === 0 &&
    props.typed.every((name) => names[name]?.trim() === name) &&
    props.consents.every(({ module }) => accepted.includes(module));
  return (
    <form
      className="sticky bottom-0 z-30 -mx-4 -mb-6 grid gap-3 border-t bg-background/95 px-4 py-3 backdrop-blur-sm sm:-mx-8 sm:-mb-8 sm:px-8"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !apply.isPending) apply.mutate();
      }}
    >
      {props.typed.length > 0 && (
        <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
          {props.typed.map((name) => (
            <Field key={name} label={texts.typeToDelete(<span className="font-mono">{name}</span>)}>
              <Input
                autoComplete="off"
                spellCheck={false}
                value={names[name] ?? ""}
                onChange={(event) => setNames({ ...names, [name]: event.target.value })}
              />
            </Field>
          ))}
        </div>
      )}
      {props.consents.map(({ module, title, count }) => (
        <div key={module} className="flex items-start gap-2.5">
          <Checkbox
            id={`consent-${module}`}
            className="mt-0.5"
            checked={accepted.includes(module)}
            onCheckedChange={(checked) =>
              setAccepted(checked ? [...accepted, module] : accepted.filter((name) => name !== module))
            }
          />
          <Label htmlFor={`consent-${module}`} className="text-sm leading-5 font-normal">
            {texts.acceptPermissions(title, count)}
          </Label>
        </div>
      ))}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-muted-foreground">
          {props.missing.length === 0
            ? props.summary
            : props.missing.map(({ module, title }) => (
                <a key={module} href={`#settings-${module}`} className="block text-warning underline">
                  {texts.settingsFirst(title)}
                </a>
              ))}
        </p>
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => router.back()}>{texts.notNow}</Button>
          <Button
            type="submit"
            variant={props.typed.length > 0 ? "destructive" : "primary"}
            disabled={!ready}
            pending={apply.isPending || apply.isSuccess}
          >
            {props.label}
          </Button>
        </div>
      </div>
    </form>
  );
}
