import { createIcon } from "./create-icon.tsx";

/** Lucide's circle-arrow-up. */
export const CircleArrowUp = /* @__PURE__ */ createIcon([
  ["circle", { cx: "12", cy: "12", r: "10" }],
  ["path", { d: "m16 12-4-4-4 4" }],
  ["path", { d: "M12 16V8" }],
]);
