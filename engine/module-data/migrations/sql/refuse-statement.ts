import { constantText, defElems, type Fields, nameParts, walk } from "./walk.ts";

export interface Granted {
  /** Extensions the administrator grants with the plan. */
  extensions: readonly string[];
  /** Those that PostgreSQL lets the owner of a database create, and so drop. */
  trusted: ReadonlySet<string>;
  /** Parameters that the server lets no ordinary role set. */
  forbiddenParameters: ReadonlySet<string>;
}

type Rule = (fields: Fields, granted: Granted) => string | null;
const always = (reason: string) => () => reason;

const roleReason = "creates or changes roles; a module has exactly the two that Graft makes";
const roles = always(roleReason);
const servers = always("reaches other servers; a module has its own database alone");
const serverReason = "changes the server or a database itself";
const server = always(serverReason);
const superuser = (what: string) => always(`${what}, which only a superuser may`);
const owner = "gives something to another owner; everything belongs to the module's owner role";

/**
 * By node kind: what the server forbids the role that migrations run as, and what would reach outside the module's database.
 * These are for clear words before anything runs; what holds is that role.
 */
const rules: Record<string, Rule> = {
  CreateRoleStmt: roles,
  AlterRoleStmt: roles,
  AlterRoleSetStmt: roles,
  DropRoleStmt: roles,
  ReassignOwnedStmt: roles,
  GrantRoleStmt: roles,
  AlterOwnerStmt: ({ newowner }) => (isOneself(newowner) ? null : owner),
  GrantStmt: grantRule,
  AlterDefaultPrivilegesStmt: ({ action, options }) => {
    const of = defElems(options).find(({ defname }) => defname === "roles")?.arg as
      | { List?: { items?: Fields[] } }
      | undefined;
    return namedRole(of?.List?.items) === null ? grantRule((action ?? {}) as Fields) : owner;
  },
  CreatePolicyStmt: ({ roles }) => policyRule(roles),
  AlterPolicyStmt: ({ roles }) => policyRule(roles),
  DropOwnedStmt: ({ roles }) => (namedRole(roles) === null ? null : roleReason),
  CreateSchemaStmt: ({ authrole }) => (authrole === undefined || isOneself(authrole) ? null : owner),
  CommentStmt: ({ objtype }) =>
    objtype === "OBJECT_ROLE" ? roleReason : outside.has(String(objtype)) ? serverReason : null,
  AlterSystemStmt: server,
  CreatedbStmt: server,
  DropdbStmt: server,
  AlterDatabaseStmt: server,
  AlterDatabaseSetStmt: server,
  CreateTableSpaceStmt: server,
  DropTableSpaceStmt: server,
  LoadStmt: server,
  CheckPointStmt: server,
  CreateEventTrigStmt: superuser("creates an event trigger"),
  AlterEventTrigStmt: superuser("changes an event trigger"),
  CreateOpClassStmt: superuser("creates an operator class"),
  CreateOpFamilyStmt: superuser("creates an operator family"),
  AlterOpFamilyStmt: superuser("changes an operator family"),
  CreateAmStmt: superuser("creates an access method"),
  CreateTransformStmt: superuser("creates a transform"),
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
  AlterTableCmd: ({ subtype, newowner }) =>
    subtype === "AT_ChangeOwner" && !isOneself(newowner) ? owner : null,
  CopyStmt: ({ is_program, filename }) => {
    if (is_program) return "runs a program on the database server";
    if (filename) return "reads or writes a file of the database server";
    return "copies from the client's input, which a migration does not have; use INSERT";
  },
  TransactionStmt: ({ kind }) =>
    /PREPARE|PREPARED/.test(String(kind)) ? "prepares a transaction that would outlive the migration" : null,
  CreateExtensionStmt: ({ extname }, { extensions }) =>
    extname === "plpgsql" || extensions.includes(String(extname))
      ? null
      : `creates the extension ${String(extname)}, which module.json does not list in database.extensions`,
  DropStmt: ({ removeType, objects }, { extensions, trusted }) => {
    if (removeType !== "OBJECT_EXTENSION") return null;
    const hosts = nameParts(objects).find((name) => extensions.includes(name) && !trusted.has(name));
    return hosts === undefined
      ? null
      : `drops the extension ${hosts}, which PostgreSQL does not trust and the host made`;
  },
  VariableSetStmt: ({ name }, granted) => parameterRule(String(name), granted),
  CreateFunctionStmt: ({ options }) => languageRule(defElems(options)) ?? leakproofRule(defElems(options)),
  AlterFunctionStmt: ({ actions }) => leakproofRule(defElems(actions)),
  DoStmt: ({ args }) => languageRule(defElems(args)),
  FuncCall: ({ funcname, args }, granted) => callRule(nameParts(funcname).at(-1) ?? "", args, granted),
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

const outside = new Set([
  "OBJECT_DATABASE",
  "OBJECT_TABLESPACE",
  "OBJECT_FOREIGN_SERVER",
  "OBJECT_FDW",
  "OBJECT_PARAMETER_ACL",
]);

/** Rights on what is one's own may be given to everybody, or taken from them. No other role is here. */
function grantRule({ objtype, grantees, is_grant }: Fields): string | null {
  if (outside.has(String(objtype))) return "grants or revokes rights on what is not the module's";
  const name = namedRole(grantees);
  if (name === null) return null;
  return `${is_grant ? "grants rights to" : "revokes rights from"} the role ${name}, which is not the module's; write it into a block that asks whether there is such a role`;
}

function policyRule(roles: unknown): string | null {
  const name = namedRole(roles);
  return name === null
    ? null
    : `makes a policy for the role ${name}, which is not the module's; write it into a block that asks whether there is such a role`;
}

/** The first that is a role by its name: not PUBLIC, nor who runs the migration. */
function namedRole(list: unknown): string | null {
  const other = ((list as Fields[] | undefined) ?? []).find((item) => !isAnyone(item.RoleSpec));
  return other === undefined ? null : String((other.RoleSpec as { rolename?: unknown }).rolename);
}

const isAnyone = (role: unknown) =>
  (role as { roletype?: string } | undefined)?.roletype !== "ROLESPEC_CSTRING";
const isOneself = (role: unknown) =>
  /^ROLESPEC_(CURRENT|SESSION)/.test(String((role as { roletype?: string } | undefined)?.roletype));

function parameterRule(name: string, { forbiddenParameters }: Granted): string | null {
  if (name === "role" || name === "session_authorization") return "changes the role it runs as";
  return forbiddenParameters.has(name.toLowerCase()) ? `sets ${name}, which only a superuser may` : null;
}

function languageRule(options: Options): string | null {
  const arg = options.find((option) => option.defname === "language")?.arg as
    | { String?: { sval?: string } }
    | undefined;
  const language = arg?.String?.sval?.toLowerCase() ?? "sql";
  if (language === "sql" || language === "plpgsql") return null;
  return `uses the language ${language}; sql and plpgsql are available`;
}

function leakproofRule(options: Options): string | null {
  const arg = options.find(({ defname }) => defname === "leakproof")?.arg as
    | { Boolean?: { boolval?: boolean } }
    | undefined;
  return arg?.Boolean?.boolval ? "calls a function leakproof, which only a superuser may" : null;
}

const fileFunctions = /^(pg_read_(binary_)?file|pg_ls_\w+|pg_stat_file|pg_file_\w+)$/;

function callRule(name: string, args: unknown, granted: Granted): string | null {
  if (name === "lo_import" || name === "lo_export" || fileFunctions.test(name))
    return "reads or writes a file of the database server";
  if (name.startsWith("dblink")) return servers();
  const setting = name === "set_config" && Array.isArray(args) ? constantText(args[0]) : undefined;
  return setting === undefined ? null : parameterRule(setting, granted);
}
