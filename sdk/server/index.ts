export { callModule } from "./call-module.ts";
export { createDatabase, type Database, type Sql, sql } from "./database.ts";
export { defineModule } from "./define-module.ts";
export { createFlagProvider, type ServerFlagProvider } from "./flags.ts";
export { log } from "./log.ts";
export { type NewNotification, notify, retractNotification } from "./notify.ts";
export { prismaAdapter } from "./prisma-adapter.ts";
export { isProblem, type Problem, problem } from "./problem.ts";
export { type GoalReport, goals } from "./report-goal.ts";
export { events, reply } from "./send-answer.ts";
export type {
  Answer,
  CallOptions,
  Context,
  DefinedModule,
  FlagDetails,
  Flags,
  Handler,
  Identity,
  Log,
  LogFields,
  ModuleDefinition,
  ParamsOf,
  Reply,
  SetupContext,
  StandardIssue,
  StandardSchema,
  StreamBody,
} from "./types.ts";
