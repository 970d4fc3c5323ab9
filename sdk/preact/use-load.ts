import { useCallback, useEffect, useRef, useState } from "preact/hooks";

export interface Loaded<T> {
  data: T | null;
  error: string | null;
  loading: boolean;
  reload(): Promise<void>;
  set(change: (data: T) => T): void;
}

/** Loads when `key` changes; an answer that comes after a newer request is dropped. */
export function useLoad<T>(key: string, load: () => Promise<T>): Loaded<T> {
  const [data, setData] = useState<T | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [loading, setLoading] = useState(true);
  const newest = useRef(0);
  const latestLoad = useRef(load);
  latestLoad.current = load;

  const reload = useCallback(async () => {
    const ticket = ++newest.current;
    setLoading(true);
    try {
      const answer = await latestLoad.current();
      if (ticket !== newest.current) return;
      setData(answer);
      setError(null);
    } catch (cause) {
      if (ticket !== newest.current) return;
      setError(cause instanceof Error ? cause.message : String(cause));
    }
    setLoading(false);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when to load anew
  useEffect(() => {
    void reload();
  }, [key]);

  const set = useCallback((change: (data: T) => T) => {
    // What is under way was asked before this change and would undo it on the screen.
    newest.current++;
    setLoading(false);
    setData((old) => (old === null ? old : change(old)));
  }, []);
  return { data, error, loading, reload, set };
}
