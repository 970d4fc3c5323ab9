"use client";

import { Button } from "@/components/ui/button";
import { Archive, ArchiveArrowUp } from "@/components/ui/icons";
import { toastUndo } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import { archiveFlags } from "./actions";
import { texts } from "./texts.ts";

/** Takes flags out of use, or into it again; the toast and the history take it back. */
export function ArchiveButton(props: {
  keys: string[];
  archived: boolean;
  size?: "sm";
  /** Names the flag where several stand below each other. */
  named?: boolean;
}) {
  const { keys, archived } = props;
  const [key = ""] = keys;
  const what = keys.length === 1 ? key : texts.flagCount(keys.length);
  const change = useChange(archiveFlags, {
    onDone: (_, input) =>
      toastUndo(input.archived ? texts.archived(what) : texts.restored(what), () =>
        change.run({ ...input, archived: !input.archived }),
      ),
  });
  const label = archived ? texts.restore : keys.length > 1 ? texts.archiveAll : texts.archive;
  return (
    <Button
      {...(props.size === undefined ? {} : { size: props.size })}
      pending={change.pending}
      aria-label={props.named ? texts.actionOn(label, what) : undefined}
      onClick={() => void change.run({ keys, archived: !archived })}
    >
      {archived ? <ArchiveArrowUp aria-hidden /> : <Archive aria-hidden />}
      {label}
    </Button>
  );
}
