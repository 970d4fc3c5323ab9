"use client";

import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useChange } from "@/components/ui/use-change";
import { cancelOperation } from "./actions";
import { texts } from "./texts";

/** While nothing is decided. The operation's own page tells how it ended. */
export function CancelOperation({ id, title }: { id: string; title: string }) {
  const cancel = useChange(cancelOperation, { refresh: false });
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" pending={cancel.pending}>
          {texts.cancel}
        </Button>
      }
      title={texts.cancelQuestion(title)}
      description={texts.cancelDescription}
      confirmLabel={texts.cancelNow}
      onConfirm={async () => (await cancel.run({ id })) !== null}
    />
  );
}
