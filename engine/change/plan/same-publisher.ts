import { GraftError, isGraftError } from "../../core/index.ts";
import type { Candidate } from "../../supply/resolver/index.ts";
import type { StoredModule } from "../../supply/store/index.ts";

/** What an installed module may become: somebody else's version under its name would get its data, settings and access. */
export function ofSamePublisher<T extends Candidate>(
  offered: readonly T[],
  installed: readonly Candidate[],
): { own: T[]; foreign: T[] } {
  const publishers = new Map(installed.map(({ name, manifest }) => [name, manifest.publisher]));
  const isOwn = ({ name, manifest }: T) =>
    (publishers.get(name) ?? manifest.publisher) === manifest.publisher;
  return { own: offered.filter(isOwn), foreign: offered.filter((version) => !isOwn(version)) };
}

/** Where nothing fits but what another publisher offers, that is the reason. */
export function explainForeign(
  error: unknown,
  { foreign, want }: { foreign: readonly Candidate[]; want: readonly { name: string }[] },
): unknown {
  const other = foreign.find(({ name }) => want.some((asked) => asked.name === name));
  if (other === undefined || !isGraftError(error)) return error;
  const { name, version, manifest } = other;
  return new GraftError(error.code, `${error.message} ${name} ${version} is by another publisher.`, {
    hint: `It is offered by ${manifest.publisher}, and is no version of the ${name} that is installed. Uninstall that one first if you want it instead.`,
    details: { ...error.details, publisher: manifest.publisher },
  });
}

/** @throws CONFLICT where a module would come to what another publisher's left */
export function requireOwnData(next: StoredModule["manifest"], left: StoredModule["manifest"]): void {
  if (next.publisher === left.publisher) return;
  throw new GraftError(
    "CONFLICT",
    `The data that ${next.name} left is of the module by ${left.publisher}; this one is by ${next.publisher}.`,
    { hint: "Install it with fresh data, or delete what was kept first.", details: { module: next.name } },
  );
}
