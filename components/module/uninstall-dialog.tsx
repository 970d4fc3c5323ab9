"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { onDemand } from "@/components/ui/on-demand";
import { texts } from "./texts";

const UninstallForm = onDemand(() => import("./uninstall-form").then((m) => m.UninstallForm));

/** Opens the question of what becomes of the data; the answer leads to a plan. */
export function UninstallDialog(props: { module: string; title: string; hasData: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{texts.uninstall}</Button>
      {open && <UninstallForm {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
