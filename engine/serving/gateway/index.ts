export { createGateway } from "./create-gateway.ts";
export { hostIdentity } from "./host-identity.ts";
export { identityKey, moduleToken } from "./module-keys.ts";
export { clientAddress } from "./request-headers.ts";
export { methodNotAllowed, sendProblem } from "./send-problem.ts";
export type * from "./types.ts";
