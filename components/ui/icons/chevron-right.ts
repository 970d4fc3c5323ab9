import { createIcon } from "./create-icon.tsx";

/** Lucide's chevron-right. */
export const ChevronRight = /* @__PURE__ */ createIcon([["path", { d: "m9 18 6-6-6-6" }]]);
