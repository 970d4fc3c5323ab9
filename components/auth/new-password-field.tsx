"use client";

import { useEffect, useId, useState } from "react";
import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/field";
import { PasswordInput } from "./password-input.tsx";
import { loadEstimator, type PasswordRating, ratePassword } from "./rate-password.ts";
import { texts } from "./texts.ts";

/** A new password with a meter that says in words how hard it is to guess. `known`: what a guesser would try first. */
export function NewPasswordField(props: {
  label?: string;
  name?: string;
  known: string[];
  error?: string | undefined;
}) {
  const [value, setValue] = useState("");
  const rating = useRating(value, props.known.join("\n"));
  const meterId = useId();
  return (
    <div className="grid gap-2">
      <Field label={props.label ?? texts.password} error={props.error}>
        <PasswordInput
          name={props.name ?? "password"}
          autoComplete="new-password"
          required
          value={value}
          aria-describedby={meterId}
          onFocus={() => void loadEstimator().catch(() => {})}
          onChange={(event) => setValue(event.target.value)}
        />
      </Field>
      <div id={meterId} className="grid gap-1.5">
        <div aria-hidden className="grid grid-cols-4 gap-1">
          {[1, 2, 3, 4].map((step) => (
            <span
              key={step}
              className={cn(
                "h-1 rounded-full bg-muted transition-colors",
                rating !== null && value !== "" && Math.max(1, rating.score) >= step && barColor(rating),
              )}
            />
          ))}
        </div>
        <p role="status" className="min-h-4 text-xs text-muted-foreground">
          {meterText(value, rating)}
        </p>
      </div>
    </div>
  );
}

function meterText(value: string, rating: PasswordRating | null) {
  if (value === "") return texts.passwordHint;
  if (rating === null) return "";
  return (
    <>
      <span className="font-medium text-foreground">{rating.label}.</span> {rating.advice}
    </>
  );
}

function barColor(rating: PasswordRating): string {
  if (rating.advice !== null) return "bg-danger";
  return rating.score >= 3 ? "bg-success" : "bg-warning";
}

function useRating(value: string, known: string): PasswordRating | null {
  const [rating, setRating] = useState<PasswordRating | null>(null);
  useEffect(() => {
    let current = true;
    if (value === "") return setRating(null);
    const words = known.split(/[\s@.]+/).filter((word) => word.length > 2);
    loadEstimator().then(
      (estimate) =>
        current && setRating(ratePassword(value, estimate(value, [...words, ...known.split("\n")]))),
      // Offline: the host judges the password when it is sent.
      () => current && setRating(null),
    );
    return () => {
      current = false;
    };
  }, [value, known]);
  return rating;
}
