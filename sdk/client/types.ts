import type { GraftTheme, GraftUser, ToastKind } from "./messages.ts";

/** What a page or widget has of its host. */
export interface Graft {
  readonly module: string;
  /** The widget's id; null on a page. */
  readonly widget: string | null;
  readonly instance: { readonly id: string; readonly config: Record<string, unknown> } | null;
  /** The instance's configuration; empty on a page. */
  readonly config: Record<string, unknown>;
  readonly user: GraftUser;
  readonly theme: GraftTheme;
  /** Values by the names in the manifest. Reading one here does not count as using it: see {@link Graft.flag}. */
  readonly flags: Readonly<Record<string, unknown>>;
  /** The value of a flag where the code acts on it: an experiment on the flag counts the user from here on. */
  flag<T = unknown>(name: string): T;
  /** The user did what `goals` in the manifest names. `value` for goals of that kind; the same `key` counts once. */
  goal(name: string, report?: { value?: number; key?: string }): void;
  /** The page's own route: `/`, `/posts/12`. */
  readonly path: string;
  /** The module's own API: `graft.fetch("/v1/posts")`. Answers are real `Response` objects, whole when they arrive. */
  fetch(path: string, init?: FetchInit): Promise<Response>;
  /** `fetch`, read as JSON. @throws an Error with the problem's own words for any answer that is not 2xx */
  json<T>(path: string, init?: FetchInit): Promise<T>;
  /** Each returns a function that ends the subscription. */
  onPath(listener: (path: string) => void): () => void;
  onConfig(listener: (config: Record<string, unknown>) => void): () => void;
  /** The flags as they are from now on; they change while the page or widget is open. */
  onFlags(listener: (flags: Readonly<Record<string, unknown>>) => void): () => void;
  onTheme(listener: (theme: GraftTheme) => void): () => void;
  /**
   * Goes to a route of the same module; the address bar follows. `replace`: the browser's back button does not come
   * back to where one was, as with each letter of a search.
   */
  navigate(path: string, options?: { replace?: boolean }): void;
  title(title: string): void;
  toast(message: string, kind?: ToastKind): void;
  /** A count beside the widget's or page's name; 0 takes it away. */
  badge(count: number): void;
  /** Opens an http(s) address in a new tab: a sandboxed frame cannot do so itself. Call it in a click. */
  open(url: string): void;
  /** Call when the first content is drawn: the host then takes its skeleton away. */
  ready(): void;
}

export interface FetchInit {
  method?: string;
  headers?: Record<string, string>;
  /** Objects are sent as JSON. */
  body?: string | ArrayBuffer | Record<string, unknown> | unknown[] | null;
  signal?: AbortSignal;
}
