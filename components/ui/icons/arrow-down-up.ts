import { createIcon } from "./create-icon.tsx";

/** Lucide's arrow-down-up. */
export const ArrowDownUp = /* @__PURE__ */ createIcon([
  ["path", { d: "m3 16 4 4 4-4" }],
  ["path", { d: "M7 20V4" }],
  ["path", { d: "m21 8-4-4-4 4" }],
  ["path", { d: "M17 4v16" }],
]);
