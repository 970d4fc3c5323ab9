/** What a module's endpoint answered last. */
export type EndpointState =
  | { status: "loading" }
  /** `overdue`: it is from before; asking again failed. */
  | { status: "answered"; body: unknown; overdue: boolean }
  | { status: "failed"; detail: string };

export interface WatchOptions {
  url: string;
  module: string;
  everyMs: number;
  onState(state: EndpointState): void;
  fetch?: typeof fetch;
}

const moduleWritten = "graft:module-written";
const timeoutMs = 20_000;
const backOffMsMax = 300_000;
/** Coming back to the tab asks again, but not more often than this. */
const settleMs = 2000;
/** What leaves the page is often back in a moment: a home that is arranged shows the same widgets elsewhere. */
const rememberMs = 10_000;

interface Remembered {
  body: unknown;
  etag: string | null;
  until: number;
}
const remembered = new Map<string, Remembered>();

function recall(url: string): Remembered | null {
  const now = Date.now();
  for (const [key, { until }] of remembered) if (until < now) remembered.delete(key);
  return remembered.get(url) ?? null;
}

/** What a watch of this address begins with: the answer to one that ended a moment ago. */
export function lastAnswer(url: string): EndpointState {
  const known = recall(url);
  return known === null ? { status: "loading" } : { status: "answered", body: known.body, overdue: false };
}

/**
 * Asks at once, then every `everyMs` while somebody looks, when they come back, and after something was written to the
 * module. Begins with {@link lastAnswer}. Unchanged answers travel as 304; failures are asked again later and later.
 */
export function watchEndpoint(options: WatchOptions): { refresh(): void; stop(): void } {
  const { url, everyMs } = options;
  const ask = options.fetch ?? window.fetch.bind(window);
  let state = lastAnswer(url);
  let etag = recall(url)?.etag ?? null;
  let askedAt = 0;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | null = null;
  let again = false;
  let stopped = false;

  function set(next: EndpointState) {
    state = next;
    options.onState(next);
  }
  function schedule() {
    clearTimeout(timer);
    const wait =
      failures === 0 ? everyMs : Math.min(backOffMsMax, Math.max(5000, everyMs) * 2 ** (failures - 1));
    timer = setTimeout(() => (document.visibilityState === "visible" ? void load() : undefined), wait);
  }
  async function load() {
    if (running !== null) {
      again = true;
      return;
    }
    again = false;
    askedAt = Date.now();
    running = new AbortController();
    const timeout = setTimeout(() => running?.abort(), timeoutMs);
    try {
      const response = await ask(url, {
        headers: { accept: "application/json", ...(etag === null ? {} : { "if-none-match": etag }) },
        cache: "no-store",
        redirect: "error",
        signal: running.signal,
      });
      if (stopped) return;
      if (response.status === 304 && state.status === "answered") {
        if (state.overdue) set({ ...state, overdue: false });
      } else if (response.ok) {
        const body: unknown = await response.json();
        if (stopped) return;
        etag = response.headers.get("etag");
        set({ status: "answered", body, overdue: false });
      } else {
        throw new Error(await problemOf(response));
      }
      failures = 0;
    } catch (error) {
      if (stopped) return;
      failures += 1;
      if (state.status === "answered") {
        if (!state.overdue) set({ ...state, overdue: true });
      } else {
        set({ status: "failed", detail: error instanceof Error ? error.message : String(error) });
      }
    } finally {
      clearTimeout(timeout);
      running = null;
      if (!stopped) {
        if (again) void load();
        else schedule();
      }
    }
  }
  function comeBack() {
    if (document.visibilityState === "visible" && Date.now() - askedAt > settleMs) void load();
  }
  function onWritten(event: Event) {
    const { detail: module } = event as CustomEvent<string | null>;
    if ((module === null || module === options.module) && document.visibilityState === "visible") void load();
  }
  document.addEventListener("visibilitychange", comeBack);
  window.addEventListener("focus", comeBack);
  window.addEventListener(moduleWritten, onWritten);
  if (state.status === "answered") options.onState(state);
  void load();
  return {
    refresh() {
      if (state.status === "failed") set({ status: "loading" });
      failures = 0;
      void load();
    },
    stop() {
      stopped = true;
      if (state.status === "answered" && !state.overdue)
        remembered.set(url, { body: state.body, etag, until: Date.now() + rememberMs });
      clearTimeout(timer);
      running?.abort();
      document.removeEventListener("visibilitychange", comeBack);
      window.removeEventListener("focus", comeBack);
      window.removeEventListener(moduleWritten, onWritten);
    },
  };
}

/** Something was written to this module (null: to any): whoever shows what it knows asks again. */
export function tellWritten(module: string | null): void {
  window.dispatchEvent(new CustomEvent(moduleWritten, { detail: module }));
}

async function problemOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  const detail = typeof body === "object" && body !== null && "detail" in body ? String(body.detail) : "";
  return `It answered ${response.status}${detail === "" ? "." : `: ${detail}`}`;
}
