import { createIcon } from "./create-icon.tsx";

/** Lucide's minus. */
export const Minus = /* @__PURE__ */ createIcon([["path", { d: "M5 12h14" }]]);
