"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { Search } from "@/components/ui/icons";
import { onDemand } from "@/components/ui/on-demand";
import type { Navigation } from "@/contract/navigation";
import { onPaletteAsked } from "./open-palette.ts";
import { texts } from "./texts";

const Palette = onDemand(() => import("./palette").then((m) => m.Palette));

/** Looks like a search field, opens the command palette (Ctrl-K, ⌘K), which is loaded on first use. */
export function PaletteButton({ navigation }: { navigation: Navigation }) {
  const [open, setOpen] = useState(false);
  const [used, setUsed] = useState(false);
  // Null from the moment the palette is there.
  const early = useRef<string | null>("");
  const takeTyped = useCallback(() => {
    const typed = early.current ?? "";
    early.current = null;
    return typed;
  }, []);
  useEffect(() => {
    if (!open) return;
    /** Letters come before the palette does when it is loaded for the first time; none is lost. */
    function onKeyDown(event: KeyboardEvent) {
      if (early.current === null || event.metaKey || event.ctrlKey || event.altKey) return;
      if (event.key === "Backspace") early.current = early.current.slice(0, -1);
      else if (event.key.length === 1) early.current += event.key;
      else return;
      event.preventDefault();
    }
    document.addEventListener("keydown", onKeyDown, true);
    return () => document.removeEventListener("keydown", onKeyDown, true);
  }, [open]);
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.altKey) return;
      event.preventDefault();
      setUsed(true);
      setOpen((value) => !value);
    }
    const stop = onPaletteAsked(() => {
      setUsed(true);
      setOpen(true);
    });
    document.addEventListener("keydown", onKeyDown);
    return () => {
      stop();
      document.removeEventListener("keydown", onKeyDown);
    };
  }, []);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onPointerEnter={() => void import("./palette")}
        onClick={() => {
          setUsed(true);
          setOpen(true);
        }}
        className="flex h-8 w-full max-w-64 items-center gap-2 rounded-md border bg-muted/60 px-2.5 text-muted-foreground transition-colors hover:bg-accent pointer-coarse:h-10"
      >
        <Search aria-hidden className="size-4" />
        <span className="truncate">{texts.search}</span>
        <kbd className="ml-auto hidden font-sans text-xs sm:block">{texts.searchShortcut}</kbd>
      </button>
      {used && <Palette open={open} onOpenChange={setOpen} navigation={navigation} takeTyped={takeTyped} />}
    </>
  );
}
