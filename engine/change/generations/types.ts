export type { GenerationDifference, GenerationView, ModuleChange } from "../../../contract/generation.ts";
