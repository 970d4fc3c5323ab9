import type { IsolationLayer } from "@/contract/isolation";

const names: Record<IsolationLayer["name"], string> = {
  files: "Files",
  processes: "Other processes",
  network: "Network",
  "system-calls": "System calls",
  account: "Account",
  resources: "Memory and processor",
};

const holders: Record<IsolationLayer["heldBy"], string> = {
  kernel: "Held by the kernel",
  node: "Held by Node alone",
  nothing: "Not held",
};

export const texts = {
  title: "What holds it",
  planTitle: "What holds these modules",
  planDescription: "On this machine, whatever the modules ask for.",
  layer: (name: IsolationLayer["name"]) => names[name],
  heldBy: (holder: IsolationLayer["heldBy"]) => holders[holder],
  missing: "What this machine lacks",
};
