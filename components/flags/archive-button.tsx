"use client";

import { Archive, ArchiveRestore } from "lucide-react";
import { Button } from "@/components/ui/button";
import { plural } from "@/components/ui/format";
import { toastUndo } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import { archiveFlags } from "./actions";

/** Takes flags out of use, or into it again; the toast and the history take it back. */
export function ArchiveButton(props: {
  keys: string[];
  archived: boolean;
  size?: "sm";
  /** Names the flag where several stand below each other. */
  named?: boolean;
}) {
  const { keys, archived } = props;
  const what = keys.length === 1 ? keys[0] : plural(keys.length, "flag");
  const change = useChange(archiveFlags, {
    onDone: (_, input) =>
      toastUndo(`${what} ${input.archived ? "archived" : "brought back"}.`, () =>
        change.run({ ...input, archived: !input.archived }),
      ),
  });
  const label = archived ? "Bring back" : keys.length > 1 ? "Archive all" : "Archive";
  return (
    <Button
      {...(props.size === undefined ? {} : { size: props.size })}
      pending={change.pending}
      aria-label={props.named ? `${label} ${what}` : undefined}
      onClick={() => void change.run({ keys, archived: !archived })}
    >
      {archived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
      {label}
    </Button>
  );
}
