export { connect } from "./connect.ts";
export { createFormats, type Formats } from "./create-formats.ts";
export { createFlagProvider, type WebFlagProvider } from "./flag-provider.ts";
export type {
  FrameMessage,
  GraftContext,
  GraftTheme,
  GraftUser,
  HostMessage,
  ToastKind,
} from "./messages.ts";
export type { FetchInit, Graft } from "./types.ts";
