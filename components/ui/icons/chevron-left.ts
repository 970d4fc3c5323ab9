import { createIcon } from "./create-icon.tsx";

/** Lucide's chevron-left. */
export const ChevronLeft = /* @__PURE__ */ createIcon([["path", { d: "m15 18-6-6 6-6" }]]);
