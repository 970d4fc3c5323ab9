import { createIcon } from "./create-icon.tsx";

/** Lucide's chevron-down. */
export const ChevronDown = /* @__PURE__ */ createIcon([["path", { d: "m6 9 6 6 6-6" }]]);
