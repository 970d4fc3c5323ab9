import { createIcon } from "./create-icon.tsx";

/** Lucide's arrow-down. */
export const ArrowDown = /* @__PURE__ */ createIcon([
  ["path", { d: "M12 5v14" }],
  ["path", { d: "m19 12-7 7-7-7" }],
]);
