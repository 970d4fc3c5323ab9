export { buildAllModules } from "./build-all-modules.ts";
export { buildModule } from "./build-module.ts";
export { buildSdk } from "./build-sdk.ts";
