export { type App, mount, useGraft } from "./mount.tsx";
export { type Loaded, useLoad } from "./use-load.ts";
