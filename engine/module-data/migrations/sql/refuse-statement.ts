import { constantText, defElems, type Fields, nameParts, walk } from "./walk.ts";

export interface Granted {
  schema: string;
  /** Extensions the administrator grants with the plan, and the schema each lives in. */
  extensions: Record<string, string>;
  /** Nothing was applied yet: no table, row or type is older than these migrations. */
  fresh: boolean;
  /** Nothing may be committed before the end, not even on an empty schema: it replaces what somebody still has. */
  oneTransaction?: boolean;
  /** These are all migrations, long applied: only `deferred` of the result is of interest. */
  wholeHistory?: boolean;
}

type Rule = (fields: Fields, granted: Granted) => string | null;
const always = (reason: string) => () => reason;

const roles = always("creates or changes roles; a module has exactly the two that Graft makes");
const grants = always("grants or revokes rights; Graft gives the module's process its rights");
const servers = always("reaches other servers; a module has its own schema alone");
const server = always("changes the server or database itself");
const largeObjects = "uses large objects, which belong to no schema; use a bytea column";

/** By node kind. These are for clear words before anything runs; what holds is the role that migrations run as. */
const rules: Record<string, Rule> = {
  CreateRoleStmt: roles,
  AlterRoleStmt: roles,
  AlterRoleSetStmt: roles,
  DropRoleStmt: roles,
  ReassignOwnedStmt: roles,
  DropOwnedStmt: roles,
  AlterOwnerStmt: always("changes an owner; everything belongs to the module's owner role"),
  GrantStmt: grants,
  GrantRoleStmt: grants,
  AlterDefaultPrivilegesStmt: grants,
  AlterSystemStmt: server,
  CreatedbStmt: server,
  DropdbStmt: server,
  AlterDatabaseStmt: server,
  AlterDatabaseSetStmt: server,
  CreateTableSpaceStmt: server,
  DropTableSpaceStmt: server,
  LoadStmt: server,
  CheckPointStmt: server,
  CreateEventTrigStmt: always("creates an event trigger, which would see every module's statements"),
  AlterEventTrigStmt: always("changes an event trigger"),
  CreateFdwStmt: servers,
  AlterFdwStmt: servers,
  CreateForeignServerStmt: servers,
  AlterForeignServerStmt: servers,
  CreateForeignTableStmt: servers,
  CreateUserMappingStmt: servers,
  AlterUserMappingStmt: servers,
  ImportForeignSchemaStmt: servers,
  CreatePublicationStmt: servers,
  CreateSubscriptionStmt: servers,
  CreatePLangStmt: always("installs a language"),
  DiscardStmt: always("discards the session that the migrations run in"),
  AlterExtensionStmt: always("changes an extension; extensions are the administrator's"),
  AlterExtensionContentsStmt: always("changes an extension; extensions are the administrator's"),
  AlterTableCmd: ({ subtype }) =>
    subtype === "AT_ChangeOwner" ? "changes an owner; everything belongs to the module's owner role" : null,
  CopyStmt: ({ is_program, filename }) => {
    if (is_program) return "runs a program on the database server";
    if (filename) return "reads or writes a file of the database server";
    return "copies from the client's input, which a migration does not have; use INSERT";
  },
  TransactionStmt: ({ kind }) => {
    if (kind === "TRANS_STMT_ROLLBACK")
      return "rolls back; a history runs in one transaction, whole or not at all";
    if (/PREPARE|PREPARED/.test(String(kind)))
      return "prepares a transaction that would outlive the migration";
    return null;
  },
  CreateSchemaStmt: ({ schemaname }, { schema }) =>
    schemaname === "public" || schemaname === schema
      ? null
      : `creates the schema ${String(schemaname)}; a module has one of its own`,
  DropStmt: ({ removeType }) => {
    if (removeType === "OBJECT_SCHEMA") return "drops a schema";
    if (removeType === "OBJECT_EXTENSION") return "drops an extension; extensions are the administrator's";
    return null;
  },
  RenameStmt: ({ renameType }) => (renameType === "OBJECT_SCHEMA" ? "renames a schema" : null),
  CreateExtensionStmt: ({ extname }, { extensions }) =>
    extname === "plpgsql" || Object.hasOwn(extensions, String(extname))
      ? null
      : `creates the extension ${String(extname)}, which module.json does not list in database.extensions`,
  VariableSetStmt: ({ name }) =>
    name === "role" || name === "session_authorization" ? "changes the role it runs as" : null,
  CreateFunctionStmt: ({ options }) => functionRule(defElems(options)),
  AlterFunctionStmt: ({ actions }) => definerRule(defElems(actions)),
  DoStmt: ({ args }) => languageRule(defElems(args)),
  FuncCall: ({ funcname, args }) => callRule(nameParts(funcname).at(-1) ?? "", args),
};

/** The first reason to refuse a statement or anything inside it. */
export function refuseStatement(node: unknown, granted: Granted): string | null {
  let reason: string | null = null;
  walk(node, (key, fields) => {
    reason ??= rules[key]?.(fields, granted) ?? null;
  });
  return reason;
}

type Options = ReturnType<typeof defElems>;

function functionRule(options: Options): string | null {
  return languageRule(options) ?? definerRule(options);
}

function languageRule(options: Options): string | null {
  const arg = options.find((option) => option.defname === "language")?.arg as
    | { String?: { sval?: string } }
    | undefined;
  const language = arg?.String?.sval?.toLowerCase() ?? "sql";
  if (language === "sql" || language === "plpgsql") return null;
  return `uses the language ${language}; sql and plpgsql are available`;
}

function definerRule(options: Options): string | null {
  const definer = options.some(
    (option) =>
      option.defname === "security" && (option.arg as { Boolean?: { boolval?: boolean } })?.Boolean?.boolval,
  );
  const fixed = options.some(
    (option) =>
      option.defname === "set" &&
      (option.arg as { VariableSetStmt?: { name?: string } })?.VariableSetStmt?.name === "search_path",
  );
  return definer && !fixed
    ? "is SECURITY DEFINER without a fixed search_path; add SET search_path = public"
    : null;
}

const fileFunctions = /^(pg_read_(binary_)?file|pg_ls_\w+|pg_stat_file|pg_file_\w+)$/;
const largeObjectFunctions = /^(lo_\w+|loread|lowrite)$/;

function callRule(name: string, args: unknown): string | null {
  if (largeObjectFunctions.test(name) && name !== "lo_manage") return largeObjects;
  if (name.startsWith("dblink")) return servers();
  if (fileFunctions.test(name)) return "reads or writes a file of the database server";
  const setting =
    name === "set_config" && Array.isArray(args) ? constantText(args[0])?.toLowerCase() : undefined;
  return setting === "role" || setting === "session_authorization" ? "changes the role it runs as" : null;
}
