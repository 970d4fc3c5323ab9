import { hash, verify } from "@node-rs/argon2";
import { passwordLengthMax as lengthMax, passwordLengthMin as lengthMin } from "../../contract/people.ts";
import { GraftError } from "../core/index.ts";

// Argon2id with OWASP's first recommendation: 19 MiB, 2 passes, 1 lane; about 25 ms.
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const scoreMin = 2;

/** A PHC string; runs off the main thread. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), parameters);
}

// The same parameters and so the same time; nobody knows a password for it.
const nobody =
  "$argon2id$v=19$m=19456,t=2,p=1$YZHsEqvujeGzS2/t46f+cA$ak7dudjPIjsm7EA+wYZDZ++KzazCIuTM2XW234bYAck";

/** Takes as long for an account that does not exist (`passwordHash` null, always false) as for one that does. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? nobody, password.slice(0, lengthMax).normalize("NFKC"));
  return matches && passwordHash !== null;
}

/**
 * At least 10 characters and not among what guessing programs try first; the user's own name and address count
 * as known to them.
 * @throws PASSWORD_TOO_WEAK
 */
export async function checkPasswordStrength(password: string, known: string[]): Promise<void> {
  if (password.length < lengthMin) {
    throw weak(`The password has ${password.length} characters; at least ${lengthMin} are needed.`);
  }
  if (password.length > lengthMax) throw weak(`The password has more than ${lengthMax} characters.`);
  const { score } = (await estimator()).check(password, known);
  if (score < scoreMin) throw weak("The password is too easy to guess.");
}

function weak(message: string) {
  return new GraftError("PASSWORD_TOO_WEAK", message, {
    hint: "Four unrelated words, or a phrase of your own, are easy to keep and hard to guess.",
  });
}

let loading: ReturnType<typeof loadEstimator> | undefined;

// 4 MB of word lists, needed a few times in the life of a host: not at start.
function estimator() {
  loading ??= loadEstimator();
  return loading;
}

async function loadEstimator() {
  const [{ ZxcvbnFactory }, common] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
  ]);
  return new ZxcvbnFactory({ dictionary: { ...common.dictionary }, graphs: common.adjacencyGraphs });
}
