import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

const widths = { narrow: "max-w-2xl", default: "max-w-6xl", full: "max-w-none" };

/** The measure and the margins of a page; a plugin's frame goes straight into the shell instead. */
export function Page({ width = "default", children }: { width?: keyof typeof widths; children: ReactNode }) {
  return <div className={cn("mx-auto w-full px-4 py-6 sm:px-8 sm:py-8", widths[width])}>{children}</div>;
}
