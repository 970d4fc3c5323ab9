"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Send } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import { useChange } from "@/components/ui/use-change";
import type { ActionResult } from "@/lib/problem";
import { texts } from "./texts.ts";

/** Sends a mail to the viewer; what came of it stays beside the button. */
export function TestMailButton(props: { send(): Promise<ActionResult<{ to: string }>> }) {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const change = useChange(() => props.send(), {
    problems: "inline",
    onDone: ({ to }) => setSentTo(to),
  });
  function send() {
    setSentTo(null);
    void change.run(undefined);
  }
  return (
    <div className="grid justify-items-start gap-3">
      <Button variant="primary" pending={change.pending} onClick={send}>
        {!change.pending && <Send aria-hidden />}
        {texts.sendTest}
      </Button>
      {sentTo === null ? null : (
        <Notice tone="success" live title={texts.testSent} className="w-full">
          {texts.testSentHint(sentTo)}
        </Notice>
      )}
      {change.problem === null || change.pending ? null : (
        <Notice tone="danger" live title={change.problem.detail} className="w-full [&_p]:break-words">
          {change.problem.hint}
        </Notice>
      )}
    </div>
  );
}
