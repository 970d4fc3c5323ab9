import type { Flags } from "../../decisions/index.ts";
import type { Directory, Identity } from "../../people/index.ts";
import { hostIdentity } from "./host-identity.ts";

/** Event streams that are open, so that a right taken away ends them at once and not when the client happens to leave. */
export interface LiveStreams {
  /** @returns what to call when the stream has ended */
  add(identity: Identity, module: string, abort: () => void): () => void;
  close(): void;
}

interface Stream {
  identity: Identity;
  module: string;
  abort: () => void;
}

export function createLiveStreams(
  directory: Pick<Directory, "session" | "onChange">,
  flags: Pick<Flags, "decide" | "onChange">,
): LiveStreams {
  const streams = new Set<Stream>();
  const mayContinue = ({ identity, module }: Stream) => {
    const fresh = directory.session(identity.userId, identity.sessionEpoch);
    return fresh !== null && flags.decide(fresh, `${module}/*`).allowed;
  };
  const check = () => {
    for (const stream of [...streams]) if (!mayContinue(stream)) stream.abort();
  };
  const stops = [directory.onChange(check), flags.onChange(check)];
  return {
    add(identity, module, abort) {
      // Neither the host's token nor a module acting for nobody has a session that could end.
      if (identity === hostIdentity || identity.userId.startsWith("module:")) return () => {};
      const stream = { identity, module, abort };
      streams.add(stream);
      return () => void streams.delete(stream);
    },
    close() {
      for (const stop of stops) stop();
    },
  };
}
