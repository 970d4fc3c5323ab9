export { readBadgeAnswer, readWidgetAnswer } from "../views/index.ts";
export { type OpenApiCheck, openApiCheck } from "./check-openapi.ts";
export { createModuleDatabase, type ModuleTestDatabase } from "./create-module-database.ts";
export { sendRequest, type TestRequest } from "./send-request.ts";
export { signIdentity, type TestUser } from "./sign-identity.ts";
export { type RunningModule, type StartOptions, startModule } from "./start-module.ts";
