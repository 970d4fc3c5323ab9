import { join } from "node:path";
import { build } from "../../lib/build.ts";

/** Before the first test: two servers that start at once must not both build. */
export default () => build({ rootDir: join(import.meta.dirname, "../.."), dev: false, say: console.log });
