import fc from "fast-check";
import semver from "semver";
import { expect, test } from "vitest";
import { isGraftError } from "../../core/index.ts";
import { resolve } from "./index.ts";
import { dep, request } from "./testing/candidates.ts";
import type { Candidate } from "./types.ts";

const names = ["a", "b", "c", "d", "e"] as const;
const range = fc.constantFrom("*", "^1.0.0", "^2.0.0", ">=1.1.0", "<2.0.0", "1.0.0");
const version = fc.constantFrom("1.0.0", "1.1.0", "2.0.0", "2.1.0");
const catalog = fc
  .uniqueArray(
    fc.record({
      name: fc.constantFrom(...names),
      version,
      dependencies: fc.dictionary(fc.constantFrom(...names), range, { maxKeys: 3 }),
    }),
    { selector: (m) => `${m.name}@${m.version}`, maxLength: 14 },
  )
  .map((list) =>
    list.map(({ name, version, dependencies: { [name]: _, ...others } }) =>
      dep(`${name}@${version}`, others),
    ),
  );

/** Every choice of one version or none per name: slow and obviously right. */
function bruteForce(available: Candidate[], want: string): boolean {
  const choices = names.map((name) => [null, ...available.filter((m) => m.name === name)]);
  const pick = (i: number, target: Candidate[]): boolean => {
    if (i < choices.length)
      return (choices[i] ?? []).some((choice) => pick(i + 1, choice ? [...target, choice] : target));
    return target.some((m) => m.name === want) && isSound(target) && isAcyclic(target);
  };
  return pick(0, []);
}
const isSound = (target: Candidate[]) =>
  target.every((m) =>
    Object.entries(m.manifest.dependencies).every(([name, r]) =>
      target.some((other) => other.name === name && semver.satisfies(other.version, r)),
    ),
  );
function isAcyclic(target: Candidate[]): boolean {
  const left = new Map(target.map((m) => [m.name, m]));
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    for (const m of [...left.values()])
      if (!Object.keys(m.manifest.dependencies).some((name) => left.has(name))) left.delete(m.name);
  }
  return left.size === 0;
}

test("a target satisfies every range, in order, and is found exactly when one exists", () => {
  let solved = 0;
  fc.assert(
    fc.property(catalog, (available) => {
      let modules: ReturnType<typeof resolve>["modules"];
      try {
        ({ modules } = resolve(request({ want: ["a"], available })));
      } catch (error) {
        expect(isGraftError(error)).toBe(true);
        expect(bruteForce(available, "a")).toBe(false);
        return;
      }
      solved++;
      expect(isSound(modules)).toBe(true);
      expect(new Set(modules.map((m) => m.name)).size).toBe(modules.length);
      for (const [i, m] of modules.entries())
        for (const need of m.needs) expect(modules.findIndex((other) => other.name === need)).toBeLessThan(i);
    }),
    { numRuns: 500 },
  );
  expect(solved).toBeGreaterThan(20);
});

test("what is installed is never lost or taken back", () => {
  fc.assert(
    fc.property(catalog, catalog, (first, second) => {
      let installed: Candidate[];
      let after: Candidate[];
      try {
        installed = resolve(request({ want: ["a"], available: first })).modules;
        after = resolve(request({ want: ["b"], available: second, installed })).modules;
      } catch (error) {
        expect(isGraftError(error)).toBe(true);
        return;
      }
      for (const before of installed.filter((m) => m.name !== "b")) {
        const now = after.find((m) => m.name === before.name);
        expect(now && semver.gte(now.version, before.version)).toBe(true);
      }
      expect(isSound(after)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("a catalog of a thousand modules in a chain with ten versions each is resolved", () => {
  const available = Array.from({ length: 1000 }, (_, i) =>
    Array.from({ length: 10 }, (_, v) => dep(`m${i}@1.${v}.0`, i === 999 ? {} : { [`m${i + 1}`]: "^1.0.0" })),
  ).flat();
  const { modules } = resolve(request({ want: ["m0"], available }));
  expect(modules).toHaveLength(1000);
  expect(modules[0]?.name).toBe("m999");
  expect(resolve(request({ want: [], installed: modules })).modules.every((m) => m.action === "keep")).toBe(
    true,
  );
});
