import { firstAdministratorInput } from "../../contract/people.ts";
import {
  type Actor,
  GraftError,
  type HostDb,
  isGraftError,
  type Log,
  parseInput,
  type Settings,
} from "../core/index.ts";
import { auditIn } from "./audit.ts";
import type { Change } from "./change.ts";
import { checkPasswordStrength, hashPassword } from "./password.ts";
import type { Access } from "./types.ts";
import { toUserView, withGroups } from "./user-view.ts";

// The password is judged apart, with words of its own for one that is weak.
const person = firstAdministratorInput.omit({ password: true });

export function createSetup({ db, change }: { db: HostDb; change: Change }): Access["setup"] {
  // Once there is a user there always is one: the last administrator cannot be removed.
  let done = false;

  async function needed() {
    if (done) return false;
    done = (await db.prisma.user.findFirst({ select: { id: true } })) !== null;
    return !done;
  }

  return {
    needed,
    async createFirstAdministrator({ password, ip, ...input }) {
      if (!(await needed())) throw setupDone();
      const data = parseInput(person, input, { what: "administrator" });
      await checkPasswordStrength(password, [data.email, data.name]);
      const passwordHash = await hashPassword(password);
      const view = await change(async (tx) => {
        // Two browsers, or two hosts, on the same fresh database: one goes first, the other finds a user.
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('graft.setup'))`;
        if ((await tx.user.findFirst({ select: { id: true } })) !== null) throw setupDone();
        const user = toUserView(
          await tx.user.create({
            data: { ...data, role: "administrator", passwordHash },
            include: withGroups,
          }),
        );
        const actor: Actor = {
          userId: user.id,
          name: user.name,
          role: user.role,
          via: "user",
          ...(ip ? { ip } : {}),
        };
        await auditIn(tx, actor, {
          action: "host.set-up",
          target: user.email,
          summary: `Set up Graft with ${user.name} as its first administrator`,
        });
        return { result: user, touched: [user.id] };
      });
      done = true;
      return view;
    },
  };
}

/**
 * The administrator of GRAFT_ADMIN_EMAIL and GRAFT_ADMIN_PASSWORD, if both are set and there is no user yet; for
 * host, before anything is served.
 * @throws SETTINGS_INVALID when one is set without the other; PASSWORD_TOO_WEAK
 */
export async function setUpFromSettings(
  access: Access,
  settings: Pick<Settings, "adminEmail" | "adminPassword">,
  log: Log,
): Promise<void> {
  const { adminEmail: email, adminPassword: password } = settings;
  if (email === undefined && password === undefined) return;
  if (email === undefined || password === undefined) {
    const missing = email === undefined ? "GRAFT_ADMIN_EMAIL" : "GRAFT_ADMIN_PASSWORD";
    throw new GraftError("SETTINGS_INVALID", `${missing} is missing.`, {
      hint: "GRAFT_ADMIN_EMAIL and GRAFT_ADMIN_PASSWORD create the first administrator together: set both or none.",
    });
  }
  if (!(await access.setup.needed())) return;
  try {
    await access.setup.createFirstAdministrator({ name: email.split("@")[0] ?? email, email, password });
    log.info({ email }, "created the first administrator from the settings");
  } catch (error) {
    if (!isGraftError(error) || error.code !== "SETUP_DONE") throw error;
  }
}

function setupDone() {
  return new GraftError("SETUP_DONE", "This host has been set up already.", {
    hint: "Sign in, or ask an administrator of this host for an invitation.",
  });
}
