export { createGateway } from "./create-gateway.ts";
export { createTraffic, type Traffic } from "./create-traffic.ts";
export { hostIdentity } from "./host-identity.ts";
export { identityKey, moduleToken } from "./module-keys.ts";
export { clientAddress } from "./request-headers.ts";
export { methodNotAllowed, sendProblem } from "./send-problem.ts";
export type * from "./types.ts";
