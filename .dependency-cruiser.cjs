/** The import directions of the packages and rooms; CONTRIBUTING.md has the map. Tests are held, too. */
const test = "\\.(test|bench)\\.ts$|/(testing|bench|chaos)/";
const io = "^(node:)?(fs|net|http|https|http2|child_process|worker_threads|dgram|tls|os|timers|cluster)(/|$)";
const notTests = (path) => ({ path, pathNot: test });
/** What `exports` of a package's package.json names: all that other packages may reach. */
const faces = (folder) =>
  Object.values(require(`./${folder}/package.json`).exports)
    .map(
      (target) =>
        `^${folder}/${target
          .slice(2)
          .replace(/[.[\]]/g, "\\$&")
          .replace("*", ".*")}$`,
    )
    .join("|");

/** Files of the demo that only compute. */
const demoPure =
  "^demo/(protocol|bus/batch|chaos/(audit|plan|viewer-check)|eater/(anomaly|parse-body|columns)|" +
  "feeder/(fleet|journal-state|outbox|parse-record|verdict)|live/(latest|ring|viewer-state)|" +
  "view/(fleet-state|link-state|status|age|units|words|recording/playback))\\.ts$";

module.exports = {
  forbidden: [
    {
      name: "no-circular",
      severity: "error",
      comment: "A cycle means that two modules are one.",
      from: {},
      to: { circular: true, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "core-is-pure",
      severity: "error",
      comment: "core and words compute: no file, network, SQL or other room.",
      from: notTests("^tracker/(core|words)/"),
      to: {
        path: `${io}|^tracker/(?!$1/)|^demo/|^site/|better-sqlite3|@octokit|^node_modules/(fastify|ws)/`,
      },
    },
    {
      name: "rooms-stay-apart",
      severity: "error",
      comment: "github, backup, content, store and render import core, words and errors, never each other.",
      from: notTests("^tracker/(github|backup|content|store|render)/"),
      to: { path: "^tracker/(?!core/|words/|errors\\.ts)", pathNot: "^tracker/$1/" },
    },
    {
      name: "commands-are-not-shared",
      severity: "error",
      comment: "What two verbs or another room share is no command.",
      from: notTests("^tracker/(core|github|backup|store|content|render|reports)/"),
      to: { path: "^tracker/commands/" },
    },
    {
      name: "sql-only-in-stores",
      severity: "error",
      comment:
        "demo/file-lock.ts and scripts/browser-setup.ts open an empty database for its file lock alone.",
      from: {
        path: "^(tracker|demo|site|scripts)/",
        pathNot: `^tracker/store/|^demo/eater/|^demo/file-lock.ts$|^scripts/browser-setup.ts$|${test}`,
      },
      to: { path: "better-sqlite3", dependencyTypesNot: ["type-only"] },
    },
    ...["tracker", "demo", "site", "create"].map((folder) => ({
      name: `${folder}-has-a-face`,
      severity: "error",
      comment:
        "Other packages, their tests included, import what package.json exports, by the package's name.",
      from: { path: "^(tracker|demo|site|create)/", pathNot: `^${folder}/` },
      to: { path: `^${folder}/`, pathNot: faces(folder) },
    })),
    {
      name: "packages-by-name",
      severity: "error",
      comment: "A relative import into another package would not exist once both are installed.",
      from: { path: "^(tracker|demo|site|create)/", pathNot: "bin\\.mjs$" },
      to: { path: "^(tracker|demo|site|create|bin|scripts)/", pathNot: "^$1/", dependencyTypes: ["local"] },
    },
    {
      name: "pages-need-no-history",
      severity: "error",
      comment: "The site builds with no token and no database; only what serves it opens one.",
      from: { path: "^site/", pathNot: `^site/start/|${test}|^site/tests/` },
      to: { path: "^tracker/(index|program|cli)\\.ts|^demo/app/" },
    },
    {
      name: "demo-stands-alone",
      severity: "error",
      from: { path: "^demo/" },
      to: { path: "^(tracker|site|create)/" },
    },
    {
      name: "tracker-knows-no-site",
      severity: "error",
      from: { path: "^tracker/" },
      to: { path: "^(site|demo)/" },
    },
    {
      name: "demo-computes-apart",
      severity: "error",
      comment: "These files compute: no file, network, clock or database.",
      from: { path: demoPure },
      to: { path: `${io}|better-sqlite3|fastify|/ws/` },
    },
    {
      name: "boards-need-no-markdown",
      severity: "error",
      comment: "A parser of Markdown is a fifth of what starting takes, and a board reads no words.",
      from: { path: "^tracker/(reports/open-boards|render/text/board|commands/arguments)\\.ts$" },
      to: { path: "node_modules/(remark|mdast-util|micromark|unified)", reachable: true },
    },
    {
      name: "tests-help-tests",
      severity: "error",
      comment: "Helpers of tests are no part of the program.",
      from: { path: "^(tracker|demo|site|create)/", pathNot: `${test}|^site/tests/` },
      to: { path: "^(tracker|demo|site|create)/testing/" },
    },
    {
      name: "create-stands-alone",
      severity: "error",
      comment: "npm create fetches it alone, so it is small and imports nothing of ours.",
      from: { path: "^create/", pathNot: "bin\\.mjs$" },
      to: { path: "^(action|bin|demo|scripts|site|tracker)/" },
    },
    {
      name: "plans-are-pure",
      severity: "error",
      comment: "What is written is decided apart from the disk.",
      from: { path: "^create/(plan|team|missing|outcome|content-files|workflow)\\.ts$" },
      to: { path: io },
    },
    {
      name: "action-stands-alone",
      severity: "error",
      comment: "The action runs before anything is installed: Node's own modules and nothing else.",
      from: notTests("^action/"),
      to: { path: "^(bin|create|demo|scripts|site|tracker)/|^node_modules/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|\\.sprintcast|\\.pack|node_modules/\\.)|\\.astro/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
