import { createIcon } from "./create-icon.tsx";

/** Lucide's check. */
export const Check = /* @__PURE__ */ createIcon([["path", { d: "M20 6 9 17l-5-5" }]]);
