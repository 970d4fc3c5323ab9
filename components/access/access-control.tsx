"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toastProblem, toastSuccess, toastUndo } from "@/components/ui/toast";
import type { AccessSetting } from "@/contract/access";
import type { GroupWithSize } from "@/contract/people";
import { problemFrom, unwrap } from "@/lib/problem";
import { AccessFields } from "./access-fields";
import { accessWords } from "./access-words";
import { setAccess } from "./actions";
import { texts } from "./texts.ts";

/** One switch for a module or a widget, effective at once; the toast takes it back. */
export function AccessControl(props: {
  target: string;
  title: string;
  value: AccessSetting | null;
  groups: GroupWithSize[];
  readOnly: boolean;
  /** Of a widget: the module that it may follow. */
  ofModule?: string | null;
  /** Rules are being written below. */
  rulesOpen?: boolean;
}) {
  const router = useRouter();
  const [value, setValue] = useState(props.value);
  const [choosing, setChoosing] = useState(false);
  const change = useMutation({
    mutationFn: (setting: AccessSetting | null) => unwrap(setAccess({ target: props.target, setting })),
    onSettled: () => router.refresh(),
  });
  function apply(setting: AccessSetting | null, isUndo = false) {
    const before = value;
    setValue(setting);
    setChoosing(false);
    change.mutate(setting, {
      onSuccess: ({ previous }) => {
        const message = texts.changed(props.title, accessWords(setting, props.groups));
        if (props.rulesOpen) router.replace(`/admin/access/${props.target}`);
        // A widget can follow its module again; a module without a rule was never given to anybody.
        if (isUndo || (previous === null && !props.ofModule)) toastSuccess(message);
        else toastUndo(message, () => apply(previous, true));
      },
      onError: (error) => {
        setValue(before);
        toastProblem(problemFrom(error));
      },
    });
  }
  return (
    <AccessFields
      label={texts.accessTo(props.title)}
      value={value}
      choosing={choosing ? "groups" : props.rulesOpen ? "rules" : null}
      groups={props.groups}
      disabled={props.readOnly}
      withRules
      followed={props.ofModule ?? null}
      onMode={(mode) => {
        if (mode === "rules") router.push(`/admin/access/${props.target}?edit=rules`);
        else if (mode === "module") apply(null);
        else if (mode !== "groups") apply({ mode });
        else setChoosing(true);
      }}
      onGroups={(groups) => apply(groups.length > 0 ? { mode: "groups", groups } : { mode: "nobody" })}
    />
  );
}
