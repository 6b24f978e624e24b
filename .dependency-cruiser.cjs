/** The import directions of the rooms; CONTRIBUTING.md has the map. */
const test = "\\.(test|bench)\\.ts$|/testing/";
const io = "^(node:)?(fs|net|http|https|http2|child_process|worker_threads|dgram|tls|os|timers|cluster)(/|$)";
const notTests = (path) => ({ path, pathNot: test });

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
      comment: "core computes: no file, network, SQL or other room.",
      from: notTests("^tracker/core/"),
      to: {
        path: `${io}|^tracker/(?!core/)|^demo/|^site/|better-sqlite3|@octokit|^node_modules/(fastify|ws)/`,
      },
    },
    {
      name: "rooms-stay-apart",
      severity: "error",
      comment: "github, backup, content, store and render import core and errors, never each other.",
      from: notTests("^tracker/(github|backup|content|store|render)/"),
      to: { path: "^tracker/(?!core/|errors\\.ts)", pathNot: "^tracker/$1/" },
    },
    {
      name: "sql-only-in-stores",
      severity: "error",
      comment: "demo/file-lock.ts opens an empty database for its file lock alone; it holds no SQL of ours.",
      from: {
        path: "^(tracker|demo|site|scripts)/",
        pathNot: `^tracker/store/|^demo/eater/|^demo/file-lock.ts$|${test}|/bench/`,
      },
      to: { path: "better-sqlite3", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "site-imports-little",
      severity: "error",
      comment: "The site builds with no token and no database.",
      from: notTests("^site/"),
      to: { path: "^tracker/(store|github|backup|commands|cli\\.ts)|^demo/(?!view/|protocol\\.ts)" },
    },
    {
      name: "demo-stands-alone",
      severity: "error",
      from: notTests("^demo/"),
      to: { path: "^(tracker|site)/" },
    },
    {
      name: "demo-steps-are-pure",
      severity: "error",
      from: { path: "^demo/(protocol|.*-step|.*/step)\\.ts$" },
      to: { path: `${io}|better-sqlite3|fastify|/ws/` },
    },
    {
      name: "tracker-knows-no-site",
      severity: "error",
      from: notTests("^tracker/"),
      to: { path: "^(site|demo)/" },
    },
    {
      name: "create-stands-alone",
      severity: "error",
      comment: "npm create fetches it alone, so it is small and imports nothing of ours.",
      from: { path: "^create/" },
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
    exclude: { path: "^(dist|\\.sprintcast|node_modules/\\.)|site/\\.astro" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
