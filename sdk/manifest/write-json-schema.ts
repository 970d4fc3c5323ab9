import { writeFile } from "node:fs/promises";
import { toManifestJsonSchema } from "./json-schema.ts";

// `npm run build:schema`: module.schema.json is what editors read, so it is committed.
await writeFile(new URL("module.schema.json", import.meta.url), toManifestJsonSchema());
