import { createModuleFixture } from "./module-fixture.ts";
import { serving } from "./sources.ts";

// A host of its own for tests that kill it: starts one module that serves and one that ends in a loop, then says what it has.
const fixture = createModuleFixture();
await fixture.runtime.start(fixture.module("serves", serving()));
await fixture.runtime.start(fixture.module("loops", serving("1", "setTimeout(() => { for (;;); }, 50);")));
const pids = fixture.runtime.list().map((status) => status.pid);
console.log(JSON.stringify({ pids, dir: fixture.dir }));
