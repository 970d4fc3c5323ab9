import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";

/** Who asks, verified from `Graft-Identity`. Safe to log and to return. */
export interface Identity {
  userId: string;
  name: string;
  email: string;
  role: "administrator" | "operator" | "member";
  /** Group keys. */
  groups: readonly string[];
  /** BCP 47 tag and IANA zone of the user, when set. */
  locale: string | null;
  timeZone: string | null;
  /** The module that called on the user's behalf; null when the user's own browser or token did. */
  via: string | null;
}

export type LogFields = Record<string, unknown>;

/** JSON lines on standard output, which the host collects. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** The same log with these fields on each line. */
  with(fields: LogFields): Log;
}

/** Any validator that speaks Standard Schema: zod, valibot, arktype. */
export interface StandardSchema<Output> {
  readonly "~standard": {
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

export interface CallOptions {
  method?: string;
  headers?: Record<string, string>;
  /** Sent as it is when a string, bytes or stream; anything else as JSON. */
  body?: unknown;
  /** The user for whom the call is made; without it the callee sees the calling module alone. */
  onBehalfOf?: Identity;
  signal?: AbortSignal;
  /** Milliseconds until the answer's head must be there. Default 10 000. */
  timeoutMs?: number;
}

/** What a flag gives, and why. */
export interface FlagDetails {
  key: string;
  value: unknown;
  variant?: string;
  reason: string;
}

/** The module's flags, by the names in its manifest, for one user; asked of Graft once in a request. */
export interface Flags {
  /** `fallback` when the manifest declares no such flag, or one of another type. @throws a 503 problem when Graft is not there */
  boolean(key: string, fallback: boolean): Promise<boolean>;
  string(key: string, fallback: string): Promise<string>;
  number(key: string, fallback: number): Promise<number>;
  object<T>(key: string, fallback: T): Promise<T>;
  details(key: string): Promise<FlagDetails | null>;
  all(): Promise<Record<string, unknown>>;
}

/** What a route handler works with. */
export interface Context<State = undefined, Params = Record<string, string>> {
  /** What `setup` returned. */
  readonly state: State;
  readonly identity: Identity;
  /** Decoded `:name` segments of the route. */
  readonly params: Params;
  readonly query: URLSearchParams;
  /** The raw request, for streaming a body in. */
  readonly request: IncomingMessage;
  /** Aborts when the caller goes away and, for a streamed answer, when the module is told to stop. */
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Decided for the user of this request: `await context.flags.boolean("semantic-search", false)`. */
  readonly flags: Flags;
  /** From `traceparent`; null when the caller sent none. */
  readonly traceId: string | null;
  /** @throws a 400, 413, 415 or 422 problem that names what is wrong */
  json<T>(schema: StandardSchema<T>): Promise<T>;
  json(): Promise<unknown>;
  text(): Promise<string>;
  bytes(): Promise<Buffer>;
  /** {@link callModule} on behalf of this request's user, ended with this request. */
  call(module: string, path: string, options?: Omit<CallOptions, "onBehalfOf">): Promise<Response>;
}

export type StreamBody = AsyncIterable<string | Uint8Array> | Readable | ReadableStream<Uint8Array>;

/** A status and headers of one's own; made by `reply`. */
export interface Reply {
  readonly kind: "graft-reply";
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: unknown;
}

/** A plain value becomes JSON, `undefined` 204, a stream a streamed answer. */
export type Answer = unknown;

export type Handler<State = undefined, Params = Record<string, string>> = (
  context: Context<State, Params>,
) => Answer | Promise<Answer>;

type ParamNames<Path extends string> = Path extends `${infer Head}/${infer Rest}`
  ? ParamNames<Head> | ParamNames<Rest>
  : Path extends `:${infer Name}`
    ? Name
    : never;
/** `{ id: string }` for `"GET /v1/posts/:id"`. */
export type ParamsOf<Route extends string> = { [Name in ParamNames<Route>]: string };

export interface SetupContext {
  module: string;
  version: string;
  /** The module's configuration as the administrator set it. */
  config: Record<string, unknown>;
  log: Log;
}

export interface ModuleDefinition<State, Route extends string> {
  /** Runs once before the first request. Throwing ends the process with the reason in its log. */
  setup?(context: SetupContext): State | Promise<State>;
  /** `"GET /v1/posts/:id"` to handler. A GET route answers HEAD too. */
  routes: { [R in Route]: Handler<State, ParamsOf<R>> };
  /**
   * Called by `GET /healthz`; what it returns is shown, what it throws makes the answer 503.
   * Default: one trivial query when the module has a database.
   */
  health?(state: State): unknown | Promise<unknown>;
  /** Runs on SIGTERM after the last request. */
  close?(state: State): void | Promise<void>;
  /** Bytes accepted by `json`, `text` and `bytes`. Default 1 MiB. */
  bodyLimitBytes?: number;
}

/** A defined module. It listens by itself when the host started it (`GRAFT_SOCKET` or `PORT` is set). */
export interface DefinedModule {
  /** Resolves once it listens. */
  readonly started: Promise<void>;
}
