// A sync in a process of its own, to be killed: node sync-child.ts URL DATABASE REPOSITORY

import module from "node:module";

// Kept for those that follow, and written now: a process that is killed writes nothing at its end.
module.enableCompileCache?.();
const { syncGitHub } = await import("../commands/sync/github.ts");
const { openStore } = await import("../store/open.ts");
module.flushCompileCache?.();

const [url, file, repository] = process.argv.slice(2) as [string, string, string];
const store = openStore(file);
await syncGitHub(store, repository, {
  out: () => {},
  err: () => {},
  isTerminal: false,
  showsProgress: false,
  columns: 80,
  env: { GITHUB_API_URL: url },
  cwd: "/",
  now: () => 0,
  signal: new AbortController().signal,
});
store.close();
process.exit(0);
