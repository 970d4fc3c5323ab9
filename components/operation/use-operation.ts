"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { OperationView } from "@/contract/operation";
import { isFinal } from "./is-final";

async function fetchOperation(id: string): Promise<OperationView> {
  const response = await fetch(`/api/v1/graft/operations/${id}`);
  if (!response.ok) throw new Error(`The operation answered ${response.status}`);
  return (await response.json()) as OperationView;
}

/** The operation as it goes on: pushed by server-sent events, asked for each second where those do not come through. */
export function useOperation(initial: OperationView): OperationView {
  const client = useQueryClient();
  const { id } = initial;
  // One that had ended and was tried again is another story.
  const queryKey = ["operation", id, initial.finishedAt];
  const query = useQuery({
    queryKey,
    queryFn: () => fetchOperation(id),
    initialData: initial,
    refetchInterval: ({ state }) => (state.data && isFinal(state.data.status) ? false : 1_000),
  });
  const done = isFinal(query.data.status);
  useEffect(() => {
    if (done) return;
    const source = new EventSource(`/api/v1/graft/operations/${id}`);
    source.onmessage = (event) => {
      client.setQueryData(["operation", id, initial.finishedAt], JSON.parse(event.data) as OperationView);
    };
    return () => source.close();
  }, [client, id, initial.finishedAt, done]);
  return query.data;
}
