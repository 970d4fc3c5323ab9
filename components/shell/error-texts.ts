import type { ReactNode } from "react";
import { rich } from "@/components/ui/rich";

/** What a page says that could not be shown. */
export const texts = {
  title: "This page could not be shown",
  explanation: "Graft or its database did not respond as expected. Nothing was changed.",
  id: (id: ReactNode) => rich`Error ${id}`,
  retry: "Retry",
} as const;
