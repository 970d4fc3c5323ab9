"use client";

import { useRouter } from "next/navigation";
import { toastProblem, toastUndo } from "@/components/ui/toast";
import { tellWritten } from "@/components/ui/watch-endpoint";
import { problemFrom, unwrap } from "@/lib/problem";
import { markRead, markUnread } from "./actions";
import { texts } from "./texts.ts";

/** Read marks, with Undo for many at once; the bell and the page follow. */
export function useMark() {
  const router = useRouter();
  const settle = () => {
    tellWritten(null);
    router.refresh();
  };
  async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      toastProblem(problemFrom(error));
      return null;
    } finally {
      settle();
    }
  }
  return {
    read: (id: string) => attempt(() => unwrap(markRead({ ids: [id] }))),
    unread: (id: string) => attempt(() => unwrap(markUnread({ ids: [id] }))),
    async readAll() {
      const marked = await attempt(() => unwrap(markRead({})));
      const ids = marked?.ids ?? [];
      if (ids.length === 0) return;
      toastUndo(texts.markedAsRead(ids.length), () =>
        attempt(() => unwrap(markUnread({ ids: ids.slice(0, 1000) }))),
      );
    },
  };
}
