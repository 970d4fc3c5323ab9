import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { ReadyView } from "../../../contract/meta.ts";
import type { Close, Digest, Log } from "../../core/index.ts";
import type { FeatureFlags, Flags } from "../../decisions/index.ts";
import type { Directory, Identity } from "../../people/index.ts";
import type { InstalledModule, Registry } from "../../supply/installed/index.ts";
import type { ModuleStore } from "../../supply/store/index.ts";
import type { Health } from "../health/index.ts";
import type { Runtime } from "../runtime/index.ts";
import type { Traffic } from "./create-traffic.ts";

/** Who is calling, once proven. */
export interface Caller {
  identity: Identity;
  /** `cookie`: a browser session; `token`: an API token; `host`: the token in `.graft/host.json`. */
  via: "cookie" | "token" | "host";
  /** Of a token: which one, and whether it is still good. */
  token?: { id: string; isValid(): boolean };
}

/** Serves `/api/v1/graft/…`; a cookie's write has been checked for its origin, nothing else has been authorised. */
export type HostApi = (req: IncomingMessage, res: ServerResponse, caller: Caller | null) => void;

/** Serves `/api/v1/graft/…` on the host's own socket: what a running module asks of the host, for itself or on behalf of a user. */
export type ModuleApi = (
  req: IncomingMessage,
  res: ServerResponse,
  from: { caller: InstalledModule; identity: Identity },
) => void;

export interface GatewayLimits {
  /** Request body of a module's API, bytes; 64 MiB unless given. Bodies are streamed, never held. */
  bodyBytes: (module: string) => number;
  /** Until a module's answer begins, where neither its manifest nor an administrator says; 30,000 unless given. */
  headersTimeoutMs: number;
  /** Silence within an answer that is not an event stream; 300,000 unless given. */
  idleTimeoutMs: number;
}

export interface GatewayDeps {
  /** GRAFT_URL; its origin is trusted like the Host of the request. */
  publicUrl: string | undefined;
  log: Log;
  /** `engine.secret`. */
  secret: Buffer;
  /** The token in `.graft/host.json`; undefined: nobody has one. */
  hostToken: string | undefined;
  registry: Pick<Registry, "list" | "get" | "served">;
  runtime: Pick<Runtime, "socket">;
  /** The gateway's own from here on: it closes it. */
  traffic: Traffic;
  directory: Pick<Directory, "identity" | "session" | "token" | "onChange">;
  flags: Pick<Flags, "decide" | "onChange">;
  /** The flags that modules ask for on the host socket; absent: there are none. */
  features?: Pick<FeatureFlags, "contextOf" | "evaluateModule">;
  health: Pick<Health, "countRequest">;
  store: Pick<ModuleStore, "getModule" | "readFile">;
  /** The files of what it offers are served, as those of what is installed are. */
  catalog: { versions(): Promise<readonly { digest: Digest }[]> };
  /** What a session cookie says; whether the session still lives is the directory's to say. */
  identifyCookie: (cookieHeader: string | undefined) => Promise<{ userId: string; epoch: number } | null>;
  hostApi: HostApi;
  /** Absent: modules can ask nothing of the host. */
  moduleApi?: ModuleApi;
  /** Serves `/ofrep/…` to those it finds it may; absent: nothing is there. */
  ofrep?: HostApi;
  ready: () => Promise<ReadyView>;
  /** Absolute path of the bundled browser SDK, served at `/frames/sdk/v1.js`. */
  sdkFile: string;
  /** Unix socket on which modules reach the host (`GRAFT_HOST_SOCKET`). Its folder is made with mode 0700. */
  hostSocket: string;
  limits?: Partial<GatewayLimits>;
}

export interface Gateway {
  /**
   * True when the request was taken: `/api/v{n}/…`, `/frames/…`, `/ofrep/…`, `/healthz`, `/readyz`. False: it is Next's, untouched.
   * Never throws; failures are answered as problem details.
   */
  handle(req: IncomingMessage, res: ServerResponse): boolean;
  /** For the server's `upgrade` event: refuses WebSockets below `/api/v{n}/` and `/frames/`; false: somebody else's. */
  handleUpgrade(req: IncomingMessage, socket: Duplex): boolean;
  /** Closes the host socket and every connection to modules. */
  close: Close;
}
