/**
 * The frame protocol, version 1: what a frame and its host tell each other. The frame says `{ graft: "hello", v: 1 }` to
 * its parent window; the host answers with `{ graft: "init", v: 1, context }` and a port, on which all the rest goes.
 */

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
  /** Route inside the module, starting with "/". */
  path: string;
  user: GraftUser;
  theme: GraftTheme;
  flags: Record<string, unknown>;
}

export type ToastKind = "success" | "error" | "info";

/** Chosen by whoever asks; the answer has the same. */
export type MessageId = number | string;

export interface FetchRequest {
  type: "fetch";
  id: MessageId;
  path: string;
  method: string;
  headers: Record<string, string>;
  body: string | ArrayBuffer | null;
}

/** From the frame to the host, on the port. */
export type FrameMessage =
  | FetchRequest
  | { type: "abort"; id: MessageId }
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
  | { type: "pong"; id: MessageId };

/** From the host to the frame, on the port. */
export type HostMessage =
  | { type: "response"; id: MessageId; status: number; headers: Record<string, string>; body: ArrayBuffer }
  | { type: "response"; id: MessageId; error: string }
  | { type: "theme"; theme: GraftTheme }
  | { type: "ping"; id: number }
  | { type: "path"; path: string }
  | { type: "config"; config: Record<string, unknown> }
  | { type: "flags"; flags: Record<string, unknown> };
