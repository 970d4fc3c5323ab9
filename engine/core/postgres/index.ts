export { keepEmbeddedPostgres } from "./keep-embedded-postgres.ts";
export { type EmbeddedPostgres, isAlive, startEmbeddedPostgres } from "./start-embedded-postgres.ts";
