import { createIcon } from "./create-icon.tsx";

/** Lucide's circle. */
export const Circle = /* @__PURE__ */ createIcon([["circle", { cx: "12", cy: "12", r: "10" }]]);
