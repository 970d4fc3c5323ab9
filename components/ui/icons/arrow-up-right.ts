import { createIcon } from "./create-icon.tsx";

/** Lucide's arrow-up-right. */
export const ArrowUpRight = /* @__PURE__ */ createIcon([
  ["path", { d: "M7 7h10v10" }],
  ["path", { d: "M7 17 17 7" }],
]);
