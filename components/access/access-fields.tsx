"use client";

import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import type { AccessSetting } from "@/contract/access";
import type { GroupWithSize } from "@/contract/people";
import { texts } from "./texts.ts";

const asModule = { mode: "module", label: texts.asModule } as const;
const modes = [
  asModule,
  { mode: "everyone", label: texts.everyone },
  { mode: "groups", label: texts.groups },
  { mode: "rules", label: texts.rules },
  { mode: "nobody", label: texts.nobody },
] as const;

/** Everyone, some groups or nobody; `value` null is a widget that follows its module. */
export function AccessFields(props: {
  label: string;
  value: AccessSetting | null;
  /** Shown as the mode while nothing is chosen in it yet. */
  choosing: "groups" | "rules" | null;
  groups: GroupWithSize[];
  disabled?: boolean;
  /** Rules have a page of their own; where that is not at hand they cannot be chosen. */
  withRules?: boolean;
  /** Of a widget: the module that it follows without a choice of its own. */
  followed?: string | null;
  onMode: (mode: AccessSetting["mode"] | "module") => void;
  onGroups: (keys: string[]) => void;
}) {
  const id = useId();
  const mode = props.choosing ?? props.value?.mode ?? (props.followed ? "module" : undefined);
  const chosen = props.value?.mode === "groups" ? props.value.groups : [];
  return (
    <div className="grid gap-3">
      <fieldset disabled={props.disabled} className="inline-flex w-fit rounded-lg border bg-muted p-0.5">
        <legend className="sr-only">{props.label}</legend>
        {modes
          .filter((option) => option.mode !== "rules" || props.withRules || mode === "rules")
          .filter((option) => option !== asModule || props.followed)
          .map((option) => (
            <label
              key={option.mode}
              className={cn(
                "relative flex h-7 items-center rounded-md px-2 whitespace-nowrap sm:px-3 text-[0.8125rem] text-muted-foreground transition-colors has-focus-visible:outline-2 has-focus-visible:outline-ring pointer-coarse:h-9",
                option.mode === mode && "bg-background font-medium text-foreground shadow-xs dark:bg-accent",
              )}
            >
              <input
                type="radio"
                name={id}
                className="absolute inset-0 cursor-pointer opacity-0"
                checked={option.mode === mode}
                onChange={() => props.onMode(option.mode)}
              />
              {option.label}
            </label>
          ))}
      </fieldset>
      {mode === "groups" && (
        <fieldset disabled={props.disabled} className="grid gap-0.5">
          <legend className="sr-only">{texts.groupsWithAccess}</legend>
          {props.groups.length === 0 && <p className="text-muted-foreground">{texts.noGroups}</p>}
          {props.groups.map((group) => (
            <label
              key={group.key}
              htmlFor={`${id}-${group.key}`}
              className="flex min-h-8 w-fit items-center gap-2.5 pr-2"
            >
              <Checkbox
                id={`${id}-${group.key}`}
                checked={chosen.includes(group.key)}
                onCheckedChange={(checked) =>
                  props.onGroups(
                    checked === true
                      ? [...chosen, group.key].sort()
                      : chosen.filter((key) => key !== group.key),
                  )
                }
              />
              {group.name}
              <span className="text-muted-foreground">{texts.members(group.members)}</span>
            </label>
          ))}
          {props.groups.length > 0 && chosen.length === 0 && (
            <p className="text-muted-foreground">{texts.chooseGroup}</p>
          )}
        </fieldset>
      )}
    </div>
  );
}
