// Who may import whom (docs/architecture.md). Rooms of the engine rest only on rooms before them in this list.
const rooms = [
  "core",
  "manifest",
  "store",
  "trust",
  "catalog",
  "resolver",
  "database",
  "access",
  "flags",
  "home",
  "notifications",
  "experiments",
  "events",
  "runtime",
  "health",
  "gateway",
  "plan",
  "install",
  "upgrades",
  "backup",
  "api",
  "host",
];
const roomRules = rooms.map((room, i) => ({
  name: `engine-${room}-rests-on-earlier-rooms`,
  severity: "error",
  // What only tests run may rest on every room.
  from: { path: `^engine/${room}/`, pathNot: "(/testing/|\\.test\\.ts$)" },
  to: { path: `^engine/(${rooms.slice(i + 1).join("|") || "-"})/` },
}));

module.exports = {
  forbidden: [
    {
      name: "no-circular",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "rooms-have-one-door",
      severity: "error",
      from: { path: "^engine/([^/]+)/" },
      to: {
        path: "^engine/([^/]+)/",
        pathNot: ["^engine/$1/", "^engine/[^/]+/index\\.ts$", "^engine/[^/]+/testing/"],
      },
    },
    ...roomRules,
    {
      name: "engine-knows-no-web",
      severity: "error",
      from: { path: "^engine/" },
      to: { path: ["^(app|components|lib|cli|modules)/", "node_modules/(next|react|react-dom|next-auth)/"] },
    },
    {
      name: "components-know-no-engine",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^(engine|cli|modules)/" },
    },
    {
      name: "ui-primitives-are-alone",
      severity: "error",
      from: { path: "^components/ui/" },
      to: { path: "^(app|engine|cli|modules|sdk)/" },
    },
    {
      // Tests of lib run against a real engine.
      name: "app-sees-engine-types-only",
      severity: "error",
      from: { path: "^(app|lib)/", pathNot: ["\\.test\\.tsx?$", "^lib/testing/"] },
      to: { path: "^engine/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "lib-knows-no-app",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^(app|components|cli|modules)/" },
    },
    {
      name: "cli-is-a-thin-client",
      severity: "error",
      from: { path: "^cli/" },
      to: { path: ["^(app|components|lib|modules)/", "^engine/(?!core|manifest|store|trust|catalog)"] },
    },
    {
      name: "modules-stand-on-sdk",
      severity: "error",
      from: { path: "^modules/([^/]+)/" },
      to: { path: "^(app|components|lib|cli|engine|modules)/", pathNot: "^modules/$1/" },
    },
    {
      name: "sdk-stands-alone",
      severity: "error",
      from: { path: "^sdk/" },
      to: { path: "^(app|components|lib|cli|engine|modules)/" },
    },
    {
      name: "not-to-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: ["^@graft/sdk"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(generated|\\.next|\\.built|\\.graft)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default"] },
  },
};
