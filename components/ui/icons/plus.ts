import { createIcon } from "./create-icon.tsx";

/** Lucide's plus. */
export const Plus = /* @__PURE__ */ createIcon([
  ["path", { d: "M5 12h14" }],
  ["path", { d: "M12 5v14" }],
]);
