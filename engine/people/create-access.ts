import type { HostDb, Listener, Log } from "../core/index.ts";
import { auditIn, listAudit } from "./audit.ts";
import { createChange } from "./change.ts";
import { createDirectory } from "./directory.ts";
import { createGroups } from "./groups.ts";
import { createInvites } from "./invites.ts";
import { createOwnAccount } from "./own-account.ts";
import { createSetup } from "./setup.ts";
import { createSignIn } from "./sign-in.ts";
import { createTokens, trackTokenUse } from "./tokens.ts";
import type { Access } from "./types.ts";
import { createUsers } from "./users.ts";

/** Resolves once every user, group and token is in memory. The listener stays the caller's to close. */
export async function createAccess(deps: { db: HostDb; log: Log; listener: Listener }): Promise<Access> {
  const { db } = deps;
  const directory = await createDirectory(deps);
  const change = createChange({ db, directory });
  const stopTracking = trackTokenUse({ ...deps, directory });
  return {
    directory,
    setup: createSetup({ db, change }),
    signIn: createSignIn({ db, directory }),
    users: createUsers({ db, change }),
    account: createOwnAccount({ db, change }),
    invites: createInvites({ db, change }),
    groups: createGroups({ db, change }),
    tokens: createTokens({ db, change }),
    audit: {
      record: (actor, entry) => auditIn(db.prisma, actor, entry),
      list: (query) => listAudit(db, query),
    },
    async close() {
      await directory.close();
      await stopTracking();
    },
  };
}
