export { moduleNameLengthMax, moduleNamePattern, moduleTypes } from "./names.ts";
export {
  isInsideModule,
  type Manifest,
  type ManifestInput,
  type ManifestPage,
  type ManifestWidget,
  type ModuleType,
  manifestPage,
  manifestSchema,
  manifestWidget,
} from "./schema.ts";
