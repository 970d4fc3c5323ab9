import { defineConfig } from "prisma/config";

// The CLI would download a native schema engine; Graft migrates with the WASM one, so any existing path will do.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: "prisma/schema.prisma" });
