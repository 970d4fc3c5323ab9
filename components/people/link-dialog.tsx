"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { useChange } from "@/components/ui/use-change";
import type { UserView } from "@/contract/people";
import type { ActionResult } from "@/lib/problem";
import { type IssuedLink, SecretLink } from "./secret-link.tsx";
import { texts } from "./texts.ts";

/** Makes a fresh link for somebody who lost their invitation or password. */
export function LinkDialog(props: {
  user: UserView;
  create: (input: { id: string }) => Promise<ActionResult<IssuedLink>>;
  onClose: () => void;
}) {
  const [issued, setIssued] = useState<IssuedLink | null>(null);
  const change = useChange(props.create, { problems: "inline", onDone: setIssued });
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : props.onClose())}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{texts.newPasswordLinkFor(props.user.name)}</DialogTitle>
          <DialogDescription>
            {issued === null ? texts.passwordLinkExplained : texts.sendLinkTo(issued.email)}
          </DialogDescription>
        </DialogHeader>
        <ProblemNotice problem={change.problem} />
        {issued === null ? null : <SecretLink issued={issued} />}
        <DialogFooter>
          <DialogClose asChild>
            <Button variant={issued === null ? "outline" : "primary"}>
              {issued === null ? texts.cancel : texts.done}
            </Button>
          </DialogClose>
          {issued === null ? (
            <Button
              variant="primary"
              pending={change.pending}
              onClick={() => change.run({ id: props.user.id })}
            >
              {texts.createLink}
            </Button>
          ) : null}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
