export { moduleNameLengthMax, moduleNamePattern, moduleTypes } from "./names.ts";
export {
  isInsideModule,
  type Manifest,
  type ManifestInput,
  type ManifestPage,
  type ManifestWidget,
  type ModuleType,
  manifestSchema,
} from "./schema.ts";
