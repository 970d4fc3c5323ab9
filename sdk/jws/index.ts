export { signJws, verifyJws } from "./jws.ts";
