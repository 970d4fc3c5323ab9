import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Manifest } from "../../../sdk/manifest/index.ts";
import type { Close, Digest, Log } from "../../core/index.ts";
import type { FeatureFlags, Flags } from "../../decisions/index.ts";
import type { Directory, Identity } from "../../people/index.ts";
import type { ModuleStore } from "../../supply/store/index.ts";
import type { Health } from "../health/index.ts";
import type { Runtime } from "../runtime/index.ts";

/** What the gateway needs to know of an installed module. */
export interface ModuleRoute {
  name: string;
  title: string;
  digest: Digest;
  manifest: Manifest;
}

/** The installed modules, in memory; `engine.install.registry` is one. */
export interface Routes {
  get(name: string): ModuleRoute | null;
  list(): readonly ModuleRoute[];
}

/** Who is calling, once proven. */
export interface Caller {
  identity: Identity;
  /** `cookie`: a browser session; `token`: an API token; `host`: the token in `.graft/host.json`. */
  via: "cookie" | "token" | "host";
}

/** Serves `/api/v1/graft/…`; a cookie's write has been checked for its origin, nothing else has been authorised. */
export type HostApi = (req: IncomingMessage, res: ServerResponse, caller: Caller | null) => void;

/** Serves `/api/v1/graft/…` on the host's own socket: what a running module asks of the host, for itself or on behalf of a user. */
export type ModuleApi = (
  req: IncomingMessage,
  res: ServerResponse,
  caller: ModuleRoute,
  identity: Identity,
) => void;

export interface GatewayLimits {
  /** Request body of a module's API, bytes; 64 MiB unless given. Bodies are streamed, never held. */
  bodyBytes: (module: string) => number;
  /** Until a module's answer begins; 30,000 unless given. */
  headersTimeoutMs: number;
  /** Silence within an answer that is not an event stream; 300,000 unless given. */
  idleTimeoutMs: number;
  /** Longest wait of a request whose module is on hold; 10,000 unless given. */
  holdMs: number;
}

export interface GatewayDeps {
  /** GRAFT_URL; its origin is trusted like the Host of the request. */
  publicUrl: string | undefined;
  log: Log;
  /** `engine.secret`. */
  secret: Buffer;
  /** The token in `.graft/host.json`; undefined: nobody has one. */
  hostToken: string | undefined;
  routes: Routes;
  runtime: Pick<Runtime, "socket">;
  directory: Pick<Directory, "identity" | "session" | "token" | "onChange">;
  flags: Pick<Flags, "decide" | "onChange">;
  /** The flags that modules ask for on the host socket; absent: there are none. */
  features?: Pick<FeatureFlags, "contextOf" | "evaluateModule">;
  health: Pick<Health, "countRequest">;
  store: Pick<ModuleStore, "getModule" | "readFile">;
  /** Whether the files of this module may be served: it is installed or offered by a catalog. */
  knowsDigest: (digest: Digest) => boolean | Promise<boolean>;
  /** What a session cookie says; whether the session still lives is the directory's to say. */
  identifyCookie: (cookieHeader: string | undefined) => Promise<{ userId: string; epoch: number } | null>;
  hostApi: HostApi;
  /** Absent: modules can ask nothing of the host. */
  moduleApi?: ModuleApi;
  /** Serves `/ofrep/…` to those it finds it may; absent: nothing is there. */
  ofrep?: HostApi;
  ready: () => Promise<{ ready: boolean; problems: string[] }>;
  /** Absolute path of the bundled browser SDK, served at `/frames/sdk/v1.js`. */
  sdkFile: string;
  /** Folder for the host's own socket; made with mode 0700. Its path must stay below 90 bytes. */
  socketDir: string;
  limits?: Partial<GatewayLimits>;
}

export interface Gateway {
  /** Unix socket on which modules reach other modules (`GRAFT_HOST_SOCKET`). */
  readonly hostSocket: string;
  /**
   * True when the request was taken: `/api/v{n}/…`, `/frames/…`, `/ofrep/…`, `/healthz`, `/readyz`. False: it is Next's, untouched.
   * Never throws; failures are answered as problem details.
   */
  handle(req: IncomingMessage, res: ServerResponse): boolean;
  /** For the server's `upgrade` event: refuses WebSockets below `/api/v{n}/` and `/frames/`; false: somebody else's. */
  handleUpgrade(req: IncomingMessage, socket: Duplex): boolean;
  /** Requests to this module wait from now on, up to `limits.holdMs`, then get MODULE_STOPPED. */
  hold(module: string): void;
  /** Lets waiting requests go on to whatever process serves the module now. */
  release(module: string): void;
  /** Traffic has moved from this socket of the module's. Resolves when what was sent there has been answered. */
  leave(module: string, socket: string): Promise<void>;
  /** Closes the host socket and every connection to modules. */
  close: Close;
}
