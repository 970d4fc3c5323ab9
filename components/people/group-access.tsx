"use client";

import Link from "next/link";
import { useEffect, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Boxes } from "@/components/ui/icons";
import { ModuleIcon } from "@/components/ui/module-icon";
import { Switch } from "@/components/ui/switch";
import { toastUndo } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import type { GroupModule, GroupState } from "@/contract/group-access";
import type { ActionResult } from "@/lib/problem";
import { texts } from "./texts.ts";

type SwitchAction = (input: { key: string; target: string; on: boolean }) => Promise<ActionResult<void>>;

/** A switch for each installed module and widget. */
export function GroupAccess(props: { groupKey: string; modules: GroupModule[]; change: SwitchAction }) {
  if (props.modules.length === 0) {
    return (
      <EmptyState
        icon={Boxes}
        title={texts.noModules}
        className="py-8"
        action={
          <Button asChild>
            <Link href="/admin/marketplace">{texts.openMarketplace}</Link>
          </Button>
        }
      >
        {texts.noModulesHint}
      </EmptyState>
    );
  }
  return (
    <ul className="grid">
      {props.modules.map((module) => (
        <li key={module.target} className="border-b py-1.5 last:border-0">
          <AccessRow {...props} {...module} moduleName={module.module} icon={module.icon} />
          {module.widgets.length === 0 ? null : (
            <ul className="ml-3 border-l pl-5">
              {module.widgets.map((widget) => (
                <li key={widget.target}>
                  <AccessRow
                    {...props}
                    {...widget}
                    moduleName={module.module}
                    missing={module.state === "off"}
                  />
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}

function AccessRow(props: {
  groupKey: string;
  target: string;
  title: string;
  state: GroupState;
  moduleName: string;
  icon?: string | null;
  /** A widget of a module that the group does not get. */
  missing?: boolean;
  change: SwitchAction;
}) {
  const id = useId();
  return (
    <div className="flex min-h-9 items-center gap-3">
      {props.icon === undefined ? null : (
        <ModuleIcon src={props.icon} title={props.title} className="size-6 rounded-md text-xs" />
      )}
      {isSettledElsewhere(props.state) ? (
        <span className="min-w-0 flex-1 truncate">
          <TargetName {...props} />
        </span>
      ) : (
        <label htmlFor={id} className="min-w-0 flex-1 truncate">
          <TargetName {...props} />
        </label>
      )}
      {isSettledElsewhere(props.state) ? (
        <Link
          href={`/admin/modules/${props.moduleName}?tab=access`}
          aria-label={
            props.state === "rules" ? texts.rulesDecide(props.title) : texts.everyoneHas(props.title)
          }
          className="text-muted-foreground underline-offset-4 hover:text-foreground hover:underline"
        >
          {props.state === "rules" ? texts.byRules : texts.everyone}
        </Link>
      ) : (
        <AccessSwitch {...props} id={id} />
      )}
    </div>
  );
}

/** A switch for one group would mean nothing. */
function isSettledElsewhere(state: GroupState): boolean {
  return state === "everyone" || state === "rules";
}

/** A widget often bears its module's name. */
function TargetName({ title, target }: { title: string; target: string }) {
  if (!target.includes("/")) return title;
  return texts.widgetNamed(title, (text) => <span className="text-muted-foreground">{text}</span>);
}

function AccessSwitch(props: {
  id: string;
  groupKey: string;
  target: string;
  title: string;
  state: GroupState;
  missing?: boolean;
  change: SwitchAction;
}) {
  const { groupKey: key, target, title, missing = false } = props;
  const on = props.state === "on";
  // The switch moves at once; the page follows when the server has answered.
  const [wanted, setWanted] = useState<boolean | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new state from the server settles the wish
  useEffect(() => setWanted(null), [props.state]);
  const change = useChange(props.change, {
    onDone: (_, input) =>
      toastUndo(input.on ? texts.accessGiven(title) : texts.accessTaken(title), () =>
        change.run({ ...input, on: !input.on }),
      ),
  });
  async function flip(next: boolean) {
    setWanted(next);
    if ((await change.run({ key, target, on: next })) === null) setWanted(null);
  }
  return (
    <Switch
      id={props.id}
      checked={!missing && (wanted ?? on)}
      disabled={missing}
      title={missing ? texts.giveModuleFirst : undefined}
      onCheckedChange={(next) => void flip(next)}
    />
  );
}
