export interface GraftUser {
  id: string;
  name: string;
  /** BCP 47 tag and IANA zone; null means the browser's own. */
  locale: string | null;
  timeZone: string | null;
  groups: string[];
}

export interface GraftTheme {
  scheme: "light" | "dark";
  /** CSS variables by name: `--background` to a CSS colour. */
  tokens: Record<string, string>;
}

export interface GraftContext {
  module: string;
  widget?: string;
  instance?: { id: string; config: Record<string, unknown> };
  path: string;
  user: GraftUser;
  theme: GraftTheme;
  flags: Record<string, unknown>;
}

export type ToastKind = "success" | "error" | "info";

/** From the frame to the host, on the port. */
export type FrameMessage =
  | {
      type: "fetch";
      id: number;
      path: string;
      method: string;
      headers: Record<string, string>;
      body: string | ArrayBuffer | null;
    }
  | { type: "abort"; id: number }
  | { type: "resize"; height: number }
  | { type: "navigate"; path: string; replace: boolean }
  | { type: "title"; title: string }
  | { type: "toast"; kind: ToastKind; message: string }
  | { type: "badge"; count: number }
  | { type: "open"; url: string }
  | { type: "used"; flag: string; value: unknown }
  | { type: "goal"; goal: string; value?: number; key?: string }
  | { type: "palette" }
  | { type: "ready" }
  | { type: "error"; message: string }
  | { type: "pong"; id: number };

/** From the host to the frame, on the port. */
export type HostMessage =
  | { type: "response"; id: number; status: number; headers: Record<string, string>; body: ArrayBuffer }
  | { type: "response"; id: number; error: string }
  | { type: "theme"; theme: GraftTheme }
  | { type: "ping"; id: number }
  | { type: "path"; path: string }
  | { type: "config"; config: Record<string, unknown> }
  | { type: "flags"; flags: Record<string, unknown> };

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
