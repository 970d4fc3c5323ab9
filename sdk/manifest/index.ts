export {
  isInsideModule,
  type Manifest,
  type ManifestInput,
  type ManifestPage,
  type ManifestWidget,
  type ModuleType,
  manifestSchema,
  moduleNamePattern,
} from "./schema.ts";
