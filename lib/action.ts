import { createSafeActionClient, returnServerError } from "next-safe-action";
import type { Role } from "../engine/core/index.ts";
import { getEngine } from "./engine.ts";
import { type Problem, webProblem } from "./problem.ts";
import { actorOf, getViewer, hasRole, requestAddress } from "./session.ts";

// Next's redirect() and notFound() are told apart by next-safe-action and pass through untouched.
const client = createSafeActionClient({
  defaultValidationErrorsShape: "flattened",
  handleServerError: (error): Problem => getEngine().toProblem(error),
});

/** Runs for anyone: setup, invitations. `ctx.engine`, `ctx.ip`. */
export const publicAction = client.use(async ({ next }) =>
  next({ ctx: { engine: getEngine(), ip: await requestAddress() } }),
);

/** Runs for anyone signed in. `ctx.engine`, `ctx.viewer`, `ctx.actor`. The role is checked before the input is read. */
export const memberAction = actionFor("member");
/** Runs for operators and administrators. */
export const operatorAction = actionFor("operator");
/** Runs for administrators. */
export const administratorAction = actionFor("administrator");

function actionFor(role: Role) {
  return client.use(async ({ next }) => {
    const viewer = await getViewer();
    if (viewer === null) return returnServerError(signedOut);
    if (!hasRole(viewer, role)) return returnServerError(roleMissing(role));
    return next({ ctx: { engine: getEngine(), viewer, actor: await actorOf(viewer) } });
  });
}

const signedOut = webProblem(
  { code: "UNAUTHENTICATED", status: 401 },
  "You are signed out.",
  "Sign in again, then repeat this.",
);

function roleMissing(role: Role) {
  return webProblem(
    { code: "FORBIDDEN", status: 403 },
    `This needs the role ${role}.`,
    "Ask an administrator of this host.",
  );
}
