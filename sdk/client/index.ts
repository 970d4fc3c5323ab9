export { connect } from "./connect.ts";
export { createFormats, type Formats } from "./create-formats.ts";
export { createFlagProvider, type WebFlagProvider } from "./flag-provider.ts";
export type {
  FetchInit,
  FrameMessage,
  Graft,
  GraftContext,
  GraftTheme,
  GraftUser,
  HostMessage,
  ToastKind,
} from "./types.ts";
