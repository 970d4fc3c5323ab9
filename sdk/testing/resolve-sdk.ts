import { registerHooks } from "node:module";

// A module under test runs from its sources; the host resolves this name to its own bundle instead.
const sdk = new URL("../server/index.ts", import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "@graft/sdk/server" ? { url: sdk, shortCircuit: true } : next(specifier, context),
});
