"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CheckCheck } from "@/components/ui/icons";
import { texts } from "./texts.ts";
import { useMark } from "./use-mark";

export function MarkAllRead() {
  const { readAll } = useMark();
  const [pending, setPending] = useState(false);
  return (
    <Button
      size="sm"
      pending={pending}
      onClick={async () => {
        setPending(true);
        await readAll();
        setPending(false);
      }}
    >
      <CheckCheck aria-hidden />
      {texts.markAllAsRead}
    </Button>
  );
}
