"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTransition } from "react";

/** Sets query parameters of the present page and drops its cursor; empty values are removed. */
export function useQueryParams(): {
  params: URLSearchParams;
  pending: boolean;
  set(changes: Record<string, string>): void;
} {
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  const [pending, startTransition] = useTransition();
  return {
    params: new URLSearchParams(params),
    pending,
    set(changes) {
      const next = new URLSearchParams(window.location.search);
      next.delete("cursor");
      for (const [name, value] of Object.entries(changes)) {
        if (value === "") next.delete(name);
        else next.set(name, value);
      }
      const query = next.toString();
      startTransition(() =>
        router.replace(query === "" ? pathname : `${pathname}?${query}`, { scroll: false }),
      );
    },
  };
}
