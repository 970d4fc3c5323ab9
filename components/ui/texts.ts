import type { ReactNode } from "react";
import { rich } from "./rich";
/** What the primitives say by themselves. */
export const texts = {
  breadcrumb: "Breadcrumb",
  close: "Close",
  cancel: "Cancel",
  copy: "Copy",
  copied: "Copied",
  optional: "Optional",
  loading: "Loading…",
  undo: "Undo",
  justNow: "just now",
  pages: "Pages",
  newest: "Newest",
  older: "Older",
  typeToConfirm: (word: ReactNode) => rich`Type ${word} to confirm`,
  errorId: (id: string) => `Error ${id}`,
} as const;
