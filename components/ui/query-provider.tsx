"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

let ofBrowser: QueryClient | undefined;

/** One for the whole browser, so that what one part learnt another need not ask for; on the server one each time. */
export function getQueryClient(): QueryClient {
  if (typeof window === "undefined") return create();
  ofBrowser ??= create();
  return ofBrowser;
}

function create(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { staleTime: 5_000, retry: 1 } } });
}

/** Around what asks and changes much: the administration, the palette. The home page does without, and is lighter. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(getQueryClient);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
