"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";

const UninstallForm = dynamic(() => import("./uninstall-form").then((m) => m.UninstallForm), { ssr: false });

/** Opens the question of what becomes of the data; the answer leads to a plan. */
export function UninstallDialog(props: { module: string; title: string; hasData: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Uninstall…</Button>
      {open && <UninstallForm {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
