import { useEffect, useState } from "preact/hooks";
import type { Api, Entity } from "./api.ts";

export interface Found {
  /** The words these entities answer; differs from what is typed while the answer is under way. */
  query: string;
  entities: Entity[];
  error: string | null;
}
const nothing: Found = { query: "", entities: [], error: null };

/** What the graph holds for the words typed, a moment after the last keystroke. */
export function useSearch(api: Api, typed: string): Found {
  const [found, setFound] = useState(nothing);
  const query = typed.trim();
  useEffect(() => {
    if (query === "") {
      setFound(nothing);
      return;
    }
    const ended = new AbortController();
    const timer = setTimeout(() => {
      api.search(query, 12, ended.signal).then(
        ({ items }) => setFound({ query, entities: items, error: null }),
        (error: unknown) => {
          if (!ended.signal.aborted)
            setFound({ query, entities: [], error: error instanceof Error ? error.message : String(error) });
        },
      );
    }, 120);
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, [api, query]);
  return found;
}
