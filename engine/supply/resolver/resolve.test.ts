import { describe, expect, test } from "vitest";
import { isGraftError } from "../../core/index.ts";
import { resolve } from "./index.ts";
import { dep, module, request } from "./testing/candidates.ts";

const solve = (input: Parameters<typeof request>[0]) =>
  resolve(request(input)).modules.map((m) => `${m.action} ${m.name}@${m.version}`);
function failure(input: Parameters<typeof request>[0]) {
  try {
    resolve(request(input));
  } catch (error) {
    if (isGraftError(error)) return error;
    throw error;
  }
  throw new Error("was resolved");
}

describe("a target is found", () => {
  const a1 = dep("a@1.0.0");
  const cases: [string, Parameters<typeof request>[0], string[]][] = [
    [
      "the newest is taken",
      { want: ["a"], available: [a1, dep("a@1.2.0"), dep("a@1.10.0")] },
      ["install a@1.10.0"],
    ],
    ["a range limits it", { want: ["a@^1"], available: [a1, dep("a@2.0.0")] }, ["install a@1.0.0"]],
    [
      "a prerelease is not taken unasked",
      { want: ["a"], available: [a1, dep("a@2.0.0-rc.1")] },
      ["install a@1.0.0"],
    ],
    [
      "a prerelease can be asked for",
      { want: ["a@2.0.0-rc.1"], available: [a1, dep("a@2.0.0-rc.1")] },
      ["install a@2.0.0-rc.1"],
    ],
    [
      "dependencies come first, through all levels",
      { want: ["c"], available: [dep("c@1.0.0", { b: "^1" }), dep("b@1.0.0", { a: "^1" }), a1] },
      ["install a@1.0.0", "install b@1.0.0", "install c@1.0.0"],
    ],
    [
      "a diamond gets one version that suits both sides",
      {
        want: ["top"],
        available: [
          dep("top@1.0.0", { l: "*", r: "*" }),
          dep("l@1.0.0", { base: ">=1" }),
          dep("r@1.0.0", { base: "<2" }),
          dep("base@1.5.0"),
          dep("base@2.0.0"),
        ],
      },
      ["install base@1.5.0", "install l@1.0.0", "install r@1.0.0", "install top@1.0.0"],
    ],
    [
      "an older dependent is taken when the newest cannot be",
      { want: ["x"], available: [dep("x@2.0.0", { gone: "^1" }), dep("x@1.0.0", { a: "^1" }), a1] },
      ["install a@1.0.0", "install x@1.0.0"],
    ],
    [
      "an installed dependency stays though a newer is offered",
      { want: ["x"], installed: [a1], available: [dep("a@1.1.0"), dep("x@1.0.0", { a: "^1" })] },
      ["keep a@1.0.0", "install x@1.0.0"],
    ],
    [
      "an installed dependency is upgraded when the request needs it",
      { want: ["x"], installed: [a1], available: [dep("a@1.1.0"), dep("x@1.0.0", { a: "^1.1" })] },
      ["upgrade a@1.1.0", "install x@1.0.0"],
    ],
    [
      "an installed dependent moves along when its dependency must",
      {
        want: ["lib"],
        installed: [dep("lib@1.0.0"), dep("app@1.0.0", { lib: "^1" })],
        available: [dep("lib@2.0.0"), dep("app@2.0.0", { lib: "^2" })],
      },
      ["upgrade lib@2.0.0", "upgrade app@2.0.0"],
    ],
    [
      "an upgrade goes as far as installed dependents allow",
      {
        want: ["lib"],
        installed: [dep("lib@1.0.0"), dep("app@1.0.0", { lib: "^1" })],
        available: [dep("lib@1.5.0"), dep("lib@2.0.0")],
      },
      ["upgrade lib@1.5.0", "keep app@1.0.0"],
    ],
    [
      "what is installed and no longer offered stays",
      { want: ["b"], installed: [a1], available: [dep("b@1.0.0")] },
      ["keep a@1.0.0", "install b@1.0.0"],
    ],
    [
      "asking for what is there keeps it",
      { want: ["a"], installed: [a1], available: [a1] },
      ["keep a@1.0.0"],
    ],
    [
      "a capability is met by what is installed before anything new",
      {
        want: ["app"],
        installed: [module("z-mail@1.0.0", { provides: { mailer: "1.2.0" } })],
        available: [
          module("app@1.0.0", { needs: { mailer: "^1.0.0" } }),
          module("a-mail@1.0.0", { provides: { mailer: "1.9.0" } }),
        ],
      },
      ["keep z-mail@1.0.0", "install app@1.0.0"],
    ],
    [
      "a capability pulls a provider in, another when the first cannot be",
      {
        want: ["app"],
        available: [
          module("app@1.0.0", { needs: { mailer: "^1.0.0" } }),
          module("a-mail@1.0.0", { provides: { mailer: "1.0.0" }, dependencies: { gone: "*" } }),
          module("b-mail@1.0.0", { provides: { mailer: "1.0.0" } }),
          module("c-mail@1.0.0", { provides: { mailer: "2.0.0" } }),
        ],
      },
      ["install b-mail@1.0.0", "install app@1.0.0"],
    ],
    [
      "a version for another Graft is passed over",
      { want: ["a"], available: [a1, module("a@2.0.0", { engines: { graft: "^9" } })] },
      ["install a@1.0.0"],
    ],
    [
      "a removed module is not in the target",
      { remove: ["a"], installed: [a1, dep("b@1.0.0")] },
      ["keep b@1.0.0"],
    ],
    [
      "dependents can be removed together with what they need",
      { remove: ["a", "b"], installed: [a1, dep("b@1.0.0", { a: "^1" })] },
      [],
    ],
  ];
  test.each(cases)("%s", (_, input, expected) => expect(solve(input)).toEqual(expected));
});

describe("a failure names what cannot hold together", () => {
  const cases: [string, Parameters<typeof request>[0], string, RegExp, RegExp?][] = [
    [
      "unknown module",
      { want: ["pols"], available: [dep("polls@1.0.0")] },
      "MODULE_NOT_IN_CATALOG",
      /pols/,
      /Did you mean polls/,
    ],
    [
      "unknown version",
      { want: ["a@^3"], available: [dep("a@1.0.0")] },
      "MODULE_NOT_IN_CATALOG",
      /a \^3/,
      /Offered: 1\.0\.0/,
    ],
    [
      "missing dependency",
      { want: ["x"], available: [dep("x@1.0.0", { y: "^1" })] },
      "DEPENDENCY_MISSING",
      /x 1\.0\.0 needs y \^1, but no catalog offers it/,
    ],
    [
      "missing version",
      { want: ["x"], available: [dep("x@1.0.0", { y: "^2" }), dep("y@1.0.0")] },
      "DEPENDENCY_MISSING",
      /y \^2/,
      /Offered: 1\.0\.0/,
    ],
    [
      "missing far down",
      {
        want: ["a"],
        available: [dep("a@1.0.0", { b: "*" }), dep("b@1.0.0", { c: "*" }), dep("c@1.0.0", { d: "^4" })],
      },
      "DEPENDENCY_MISSING",
      /a was asked for; a 1\.0\.0 needs b \*; b 1\.0\.0 needs c \*; c 1\.0\.0 needs d \^4/,
    ],
    [
      "conflict of two requests",
      {
        want: ["x", "y"],
        available: [dep("x@1.0.0", { z: "^1" }), dep("y@1.0.0", { z: "^2" }), dep("z@1.0.0"), dep("z@2.0.0")],
      },
      "DEPENDENCY_CONFLICT",
      /No version of z.*\n.*x 1\.0\.0 needs z \^1\n.*y 1\.0\.0 needs z \^2\n.*offered: 2\.0\.0, 1\.0\.0/,
    ],
    [
      "conflict with what is installed",
      {
        want: ["lib@^2"],
        installed: [dep("lib@1.0.0"), dep("app@1.0.0", { lib: "^1" })],
        available: [dep("lib@2.0.0")],
      },
      "DEPENDENCY_CONFLICT",
      /lib \^2 was asked for\n.*app 1\.0\.0 needs lib \^1/,
    ],
    [
      "an installed dependency would have to go back",
      {
        want: ["x"],
        installed: [dep("lib@2.0.0")],
        available: [dep("x@1.0.0", { lib: "^1" }), dep("lib@1.0.0")],
      },
      "DEPENDENCY_MISSING",
      /x 1\.0\.0 needs lib \^1/,
    ],
    [
      "circle",
      {
        want: ["a"],
        available: [dep("a@1.0.0", { b: "*" }), dep("b@1.0.0", { c: "*" }), dep("c@1.0.0", { a: "*" })],
      },
      "DEPENDENCY_CYCLE",
      /a 1\.0\.0 → b 1\.0\.0 → c 1\.0\.0 → a 1\.0\.0/,
    ],
    [
      "circle through capabilities",
      {
        want: ["a"],
        available: [
          module("a@1.0.0", { provides: { p: "1.0.0" }, needs: { q: "*" } }),
          module("b@1.0.0", { provides: { q: "1.0.0" }, needs: { p: "*" } }),
        ],
      },
      "DEPENDENCY_CYCLE",
      /a 1\.0\.0 → b 1\.0\.0 → a/,
    ],
    [
      "no provider",
      { want: ["a"], available: [module("a@1.0.0", { needs: { mailer: "^1" } })] },
      "DEPENDENCY_MISSING",
      /capability mailer \^1/,
    ],
    [
      "other Graft",
      { want: ["a"], available: [module("a@1.0.0", { engines: { graft: "^9" } })] },
      "ENGINE_UNSUPPORTED",
      /a 1\.0\.0 needs Graft \^9; this is Graft 1\.0\.0/,
    ],
    [
      "a failure that could be avoided is not blamed",
      {
        want: ["a", "z"],
        available: [dep("a@2.0.0", { gone: "*" }), dep("a@1.0.0"), dep("z@1.0.0", { lost: "*" })],
      },
      "DEPENDENCY_MISSING",
      /z 1\.0\.0 needs lost/,
    ],
    [
      "removal of something needed",
      {
        remove: ["a"],
        installed: [dep("a@1.0.0"), dep("b@1.0.0", { a: "^1" })],
        available: [dep("b@2.0.0")],
      },
      "MODULE_NEEDED",
      /a is needed by b 1\.0\.0/,
      /Uninstall b first/,
    ],
    [
      "removal of the only provider",
      {
        remove: ["m"],
        installed: [
          module("m@1.0.0", { provides: { mailer: "1.0.0" } }),
          module("b@1.0.0", { needs: { mailer: "*" } }),
        ],
      },
      "MODULE_NEEDED",
      /m is needed by b/,
    ],
  ];
  test.each(cases)("%s", (_, input, code, message, hint) => {
    const error = failure(input);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    if (hint) expect(error.hint).toMatch(hint);
  });
});

test("one of two providers may be removed", () => {
  const mail = (id: string) => module(id, { provides: { mailer: "1.0.0" } });
  const installed = [mail("m@1.0.0"), mail("n@1.0.0"), module("b@1.0.0", { needs: { mailer: "*" } })];
  expect(solve({ remove: ["m"], installed })).toEqual(["keep n@1.0.0", "keep b@1.0.0"]);
});

test("needs, requested and removed are reported", () => {
  const available = [
    module("app@1.0.0", { dependencies: { lib: "*" }, needs: { mailer: "*" } }),
    dep("lib@1.0.0"),
    module("mail@1.0.0", { provides: { mailer: "1.0.0" } }),
  ];
  const { modules, removed } = resolve(
    request({ want: ["app"], available, installed: [dep("old@1.0.0")], remove: ["old"] }),
  );
  const app = modules.find((m) => m.name === "app");
  expect(app).toMatchObject({ needs: ["lib", "mail"], requested: true });
  expect(modules.find((m) => m.name === "lib")).toMatchObject({ needs: [], requested: false });
  expect(removed.map((m) => m.name)).toEqual(["old"]);
});

test("an installed prerelease that a range leaves out is named, with what to do, and nothing goes back to an older release", () => {
  const beta = dep("base@2.0.0-beta.1");
  for (const range of [">=1.0.0", "^2.0.0"]) {
    const available = [dep("base@1.4.0"), beta, dep("addon@1.0.0", { base: range })];
    const error = failure({ want: ["addon"], installed: [beta], available });
    expect(error.message).toContain(`addon 1.0.0 needs base ${range}`);
    expect(error.hint).toContain(
      `base 2.0.0-beta.1 is installed, but a prerelease does not count for ${range}`,
    );
  }
  const named = {
    want: ["addon"],
    installed: [beta],
    available: [beta, dep("addon@1.0.0", { base: "^2.0.0-beta.0" })],
  };
  expect(solve(named)).toEqual(["keep base@2.0.0-beta.1", "install addon@1.0.0"]);
});

test("a catalog made so that no set of versions is found does not hold the host", () => {
  // Twelve that each need one of ten places for themselves, whichever.
  const places = Array.from({ length: 10 }, (_, place) => place);
  const guests = Array.from({ length: 12 }, (_, guest) => guest);
  const available = [
    dep("top@1.0.0", Object.fromEntries(guests.map((guest) => [`guest-${guest}`, "*"]))),
    ...guests.flatMap((guest) =>
      places.flatMap((place) => [
        dep(`guest-${guest}@1.0.${place}`, { [`place-${place}`]: `1.0.${guest}` }),
        dep(`place-${place}@1.0.${guest}`),
      ]),
    ),
  ];
  const began = performance.now();
  expect(failure({ want: ["top"], available }).code).toBe("DEPENDENCY_CONFLICT");
  expect(performance.now() - began).toBeLessThan(5000);
});
