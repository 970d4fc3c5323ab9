"use client";

import { useEffect, useRef, useState } from "react";
import { toastProblem } from "@/components/ui/toast";
import type { HomeItem } from "@/contract/home";
import { type ActionResult, problemFrom, unwrap } from "@/lib/problem";

export type SaveItems = (input: { items: HomeItem[] }) => Promise<ActionResult<HomeItem[]>>;

// Several steps with the keyboard become one request.
const settleMs = 500;

export interface Arrangement {
  items: HomeItem[];
  saving: boolean;
  /** Shown at once, stored soon; what could not be stored is taken back, with a word why. */
  change(next: (items: HomeItem[]) => HomeItem[]): void;
  /** What the server answered; nothing is to be stored. */
  adopt(items: HomeItem[]): void;
  /** Resolves when nothing waits to be stored. */
  flush(): Promise<void>;
}

/** A home that is being arranged: each change is optimistic, requests follow each other, the last one wins. */
export function useArrangement(initial: HomeItem[], save: SaveItems): Arrangement {
  const [items, setItems] = useState(initial);
  const [saving, setSaving] = useState(false);
  const now = useRef(initial);
  const stored = useRef(initial);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef<Promise<void>>(Promise.resolve());
  const dirty = useRef(false);

  function show(next: HomeItem[]) {
    now.current = next;
    setItems(next);
  }
  async function store() {
    if (!dirty.current) return;
    dirty.current = false;
    const sent = now.current;
    setSaving(true);
    try {
      const answered = await unwrap(save({ items: sent }));
      stored.current = answered;
      // Changed again meanwhile: the next request has it.
      if (now.current === sent && !isSame(answered, sent)) show(answered);
    } catch (error) {
      toastProblem(problemFrom(error));
      if (now.current === sent) show(stored.current);
    } finally {
      setSaving(false);
    }
  }
  function flush(): Promise<void> {
    clearTimeout(timer.current);
    running.current = running.current.then(store);
    return running.current;
  }

  const leave = useRef(flush);
  leave.current = flush;
  useEffect(() => () => void leave.current(), []);

  return {
    items,
    saving,
    change(next) {
      const changed = next(now.current);
      if (changed === now.current) return;
      show(changed);
      dirty.current = true;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void leave.current(), settleMs);
    },
    adopt(answered) {
      clearTimeout(timer.current);
      dirty.current = false;
      stored.current = answered;
      show(answered);
    },
    flush,
  };
}

function isSame(a: HomeItem[], b: HomeItem[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
