import { parseManifest } from "../../manifest/index.ts";
import { createModuleStore } from "../index.ts";

// A writer in a process of its own: five modules named after argument 3 into the store at argument 2.
const [dir = "", prefix = ""] = process.argv.slice(2);
const store = createModuleStore(dir);
await Promise.all(
  [0, 1, 2, 3, 4].map((i) => {
    const text = JSON.stringify({
      manifestVersion: 1,
      name: `${prefix}-${i}`,
      publisher: "graft",
      version: "1.0.0",
      type: "module",
      title: "Test",
      summary: "For tests",
      license: "MIT",
    });
    return store.putModule({ "module.json": Buffer.from(text) }, parseManifest(text));
  }),
);
