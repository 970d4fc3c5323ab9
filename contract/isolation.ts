import { z } from "zod";

/** What keeps a module to itself in one respect. */
export const isolationLayer = z.object({
  name: z.enum(["files", "processes", "network", "system-calls", "account", "resources"]),
  /** `kernel`: by force. `node`: by Node's permission model, which a fault in Node undoes. `nothing`: open. */
  heldBy: z.enum(["kernel", "node", "nothing"]),
  /** Plain words. */
  text: z.string(),
});
export type IsolationLayer = z.infer<typeof isolationLayer>;

/** What holds the modules of one host. */
export const isolationView = z.object({
  /** `bubblewrap`: namespaces. `account`: a user of its own and no namespaces. `node`: Node's permission model alone. */
  driver: z.enum(["bubblewrap", "account", "node"]),
  summary: z.string(),
  layers: z.array(isolationLayer),
  /** What this machine lacks, and how to get it. */
  missing: z.array(z.object({ text: z.string(), remedy: z.string() })),
});
export type IsolationView = z.infer<typeof isolationView>;
