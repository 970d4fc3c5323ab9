import type { AuditQuery, AuditView } from "../../contract/audit.ts";
import type {
  GroupPatchInput,
  GroupView,
  InviteView,
  IssuedTokenView,
  NewGroupInput,
  NewTokenInput,
  NewUserInput,
  TokenView,
  UserPatchInput,
  UserQuery,
  UserView,
} from "../../contract/people.ts";
import type { Actor, Close, HostTx, Page, Role } from "../core/index.ts";

export interface AuditInput {
  action: string;
  target: string;
  summary: string;
  details?: Record<string, unknown>;
  planId?: string;
  operationId?: string;
}

/** What the gateway and the evaluator know of a user, in memory on every host. */
export interface Identity {
  userId: string;
  name: string;
  email: string;
  role: Role;
  /** Group keys, sorted. */
  groups: readonly string[];
  enabled: boolean;
  sessionEpoch: number;
  locale: string | null;
  timeZone: string | null;
}

/** In-memory copy of users, groups and tokens, refreshed by NOTIFY `graft_access` with a poll behind it. */
export interface Directory {
  identity(userId: string): Identity | null;
  /** Everybody, disabled users too. */
  identities(): Iterable<Identity>;
  /** A live session: the user exists, is enabled, and the epoch matches. */
  session(userId: string, epoch: number): Identity | null;
  /** `graft_…` bearer token; constant work; null when unknown, expired, revoked or its user disabled. */
  token(secret: string): { identity: Identity; tokenId: string } | null;
  groupKeys(): readonly string[];
  onChange(listener: () => void): () => void;
  /** Resolves once a change made by this host is visible in memory. */
  refresh(): Promise<void>;
}

export interface Access {
  directory: Directory;
  setup: {
    needed(): Promise<boolean>;
    /** Creates the first administrator. @throws SETUP_DONE, PASSWORD_TOO_WEAK */
    createFirstAdministrator(input: {
      name: string;
      email: string;
      password: string;
      ip?: string;
    }): Promise<UserView>;
  };
  signIn: {
    /** Constant time for unknown users. @throws SIGN_IN_FAILED, ACCOUNT_LOCKED (details.until) */
    verify(input: {
      email: string;
      password: string;
      ip?: string;
    }): Promise<{ user: UserView; sessionEpoch: number }>;
  };
  users: {
    list(query?: UserQuery): Promise<Page<UserView>>;
    get(id: string): Promise<UserView>;
    /** Creates an invited user; `secret` goes into the link `/invite/{secret}` and is never stored. */
    invite(actor: Actor, input: NewUserInput): Promise<{ user: UserView; secret: string; expiresAt: string }>;
    /** A fresh link, for a lost invitation or password; ends the user's sessions once used. */
    createPasswordLink(actor: Actor, id: string): Promise<{ secret: string; expiresAt: string }>;
    update(actor: Actor, id: string, patch: UserPatchInput): Promise<UserView>;
    /** Ends every session and token at once. @throws LAST_ADMINISTRATOR */
    disable(actor: Actor, id: string): Promise<UserView>;
    enable(actor: Actor, id: string): Promise<UserView>;
    delete(actor: Actor, id: string): Promise<void>;
  };
  invites: {
    /** @throws INVITE_INVALID */
    peek(secret: string): Promise<InviteView>;
    /** Sets the password, uses the link up, ends older sessions. @throws INVITE_INVALID, PASSWORD_TOO_WEAK */
    accept(input: { secret: string; password: string; name?: string; ip?: string }): Promise<UserView>;
  };
  /** One's own account; administrators may act for others. */
  account: {
    /**
     * Ends every session of the user, this one too, tokens and password links. Wrong guesses count towards the lock-out.
     * @throws INVALID_INPUT (fieldErrors.current), ACCOUNT_LOCKED (details.until), PASSWORD_TOO_WEAK
     */
    changePassword(actor: Actor, id: string, input: { current: string; password: string }): Promise<void>;
    /** Signs the user out everywhere at once; tokens and password links end too. */
    endSessions(actor: Actor, id: string): Promise<void>;
  };
  groups: {
    list(): Promise<GroupView[]>;
    create(actor: Actor, input: NewGroupInput): Promise<GroupView>;
    update(actor: Actor, key: string, patch: GroupPatchInput): Promise<GroupView>;
    members(key: string): Promise<UserView[]>;
    /** Both answer with the user as they are then. @throws NOT_FOUND for an unknown group or user */
    addMember(actor: Actor, key: string, userId: string): Promise<UserView>;
    removeMember(actor: Actor, key: string, userId: string): Promise<UserView>;
    delete(actor: Actor, key: string): Promise<void>;
    /** Runs in the transaction that deletes a group, for rooms that hold its key. */
    onDelete(hook: (tx: HostTx, key: string, actor: Actor) => Promise<void>): void;
  };
  tokens: {
    list(userId?: string): Promise<TokenView[]>;
    /** `secret` is shown once. */
    create(actor: Actor, input: NewTokenInput & { userId: string }): Promise<IssuedTokenView>;
    revoke(actor: Actor, id: string): Promise<void>;
  };
  audit: {
    record(actor: Actor, entry: AuditInput): Promise<void>;
    list(query?: AuditQuery): Promise<Page<AuditView>>;
  };
  close: Close;
}
