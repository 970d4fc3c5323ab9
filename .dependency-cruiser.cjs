// Who may import whom (docs/architecture.md). Each room of the engine rests only on rooms before it in this list, and
// inside a room each folder only on folders before it.
const rooms = {
  core: [],
  supply: ["manifest", "settings", "store", "trust", "catalog", "resolver", "installed"],
  people: [],
  "module-data": ["connections", "schemas", "migrations", "snapshots", "reversal", "host"],
  decisions: ["targeting", "access", "features"],
  messaging: [],
  serving: ["isolation", "runtime", "health", "gateway"],
  engagement: ["home", "notifications", "experiments"],
  insight: [],
  change: [
    "lead",
    "plan",
    "generations",
    "activation",
    "retained",
    "operations",
    "install",
    "upgrades",
    "backup",
  ],
  edge: ["api", "host"],
};
// What only tests run may rest on every room.
const runs = "(/testing/|\\.test\\.ts$)";
const after = (list, i) => `(${list.slice(i + 1).join("|") || "-"})/`;

const roomRules = Object.keys(rooms).map((room, i, list) => ({
  name: `engine-${room}-rests-on-earlier-rooms`,
  severity: "error",
  from: { path: `^engine/${room}/`, pathNot: runs },
  to: { path: `^engine/${after(list, i)}` },
}));
const folderRules = Object.entries(rooms).flatMap(([room, folders]) =>
  folders.map((folder, i) => ({
    name: `engine-${room}-${folder}-rests-on-earlier-folders`,
    severity: "error",
    from: { path: `^engine/${room}/${folder}/`, pathNot: runs },
    to: { path: `^engine/${room}/${after(folders, i)}` },
  })),
);

module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    {
      name: "rooms-have-doors",
      comment: "A room is entered by an index.ts: its own, or that of one of its folders.",
      severity: "error",
      from: { path: "^engine/([^/]+)/" },
      to: {
        path: "^engine/([^/]+)/",
        pathNot: ["^engine/$1/", "^engine/[^/]+/index\\.ts$", "^engine/[^/]+/[^/]+/index\\.ts$", "/testing/"],
      },
    },
    {
      name: "core-tests-know-no-other-room",
      severity: "error",
      from: { path: "^engine/core/testing/" },
      to: { path: "^engine/(?!core/)" },
    },
    ...roomRules,
    ...folderRules,
    {
      name: "engine-knows-no-web",
      severity: "error",
      from: { path: "^engine/" },
      to: { path: ["^(app|components|lib|cli|modules)/", "node_modules/(next|react|react-dom|next-auth)/"] },
    },
    {
      // What host and modules must read alike: manifests, flags, the identity of a request, the shape of an address.
      name: "engine-shares-little-with-sdk",
      severity: "error",
      from: { path: "^engine/", pathNot: runs },
      to: { path: "^sdk/(?!(manifest|flags|http|jws|routing)/)" },
    },
    {
      name: "contract-stands-on-sdk",
      severity: "error",
      from: { path: "^contract/" },
      to: { path: "^(app|components|lib|engine|cli|modules)/" },
    },
    {
      name: "components-know-neither-app-nor-engine",
      comment:
        "Nor the pages that render them: a feature's server actions stand beside it, in its actions.ts.",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^(app|engine|cli|modules)/" },
    },
    {
      name: "features-are-no-circle",
      comment: "Folders of components, not only their files: what several features need goes to ui.",
      scope: "folder",
      severity: "error",
      from: { path: "^components/" },
      to: { circular: true },
    },
    {
      name: "app-has-no-actions",
      comment: "They stand in components/<feature>/actions.ts, beside what calls them.",
      severity: "error",
      from: {},
      to: { path: "^app/.*actions\\.ts$" },
    },
    {
      name: "ui-primitives-are-alone",
      severity: "error",
      from: { path: "^components/ui/" },
      to: { path: "^(app|engine|cli|modules|sdk|contract)/" },
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
      // Its tests compare it with the whole table of the API.
      name: "cli-is-a-thin-client",
      severity: "error",
      from: { path: "^cli/", pathNot: runs },
      to: { path: ["^(app|components|lib|modules)/", "^engine/(?!core|supply)"] },
    },
    {
      name: "modules-stand-on-sdk",
      severity: "error",
      from: { path: "^modules/([^/]+)/" },
      to: { path: "^(app|components|lib|cli|engine|contract|modules)/", pathNot: "^modules/$1/" },
    },
    {
      name: "sdk-stands-alone",
      severity: "error",
      from: { path: "^sdk/" },
      to: { path: "^(app|components|lib|cli|engine|contract|modules)/" },
    },
    {
      name: "what-runs-needs-no-tools",
      comment: "`npm install` leaves devDependencies out; icons come from components/ui/icons.",
      severity: "error",
      from: {
        path: "^(app|components|contract|lib|engine|sdk|cli|modules|server\\.ts)",
        pathNot: ["\\.test\\.tsx?$", "/testing/", "^lib/copy-icons\\.ts$"],
      },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "not-to-unresolvable",
      severity: "error",
      // The packages of bench/peers are installed when it is run (bench/package.json).
      from: { pathNot: "^bench/peers/" },
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
