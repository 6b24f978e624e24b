import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { runAction } from "../action/testing/run-action.ts";
import { exampleContent } from "../tracker/testing/example-content.ts";

const checkout = join(import.meta.dirname, "..");
// Each run starts a dozen programs.
vi.setConfig({ testTimeout: 180_000 });

let top: string;
let workspace: string;
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), "action-"));
  workspace = join(top, "workspace");
  mkdirSync(join(top, "bin"));
  program("npm", npm);
  program("npx", npx);
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

function program(name: string, text: string): void {
  writeFileSync(join(top, "bin", name), text);
  chmodSync(join(top, "bin", name), 0o755);
}

/** Notes what it was asked for, and leaves folders where packages would be. */
const npm = `#!/bin/sh
echo "npm $*" >> "$CALLS"
mkdir -p node_modules/sprintcast
test "$NO_SITE" = true || mkdir -p node_modules/astro
`;

/**
 * A site of one file, and a sprintcast that knows sprint 3. REAL: the checkout's own, which reads the sample where it
 * would ask GitHub.
 */
const npx = `#!/bin/sh
shift 2
echo "$*\${GITHUB_TOKEN:+ with $GITHUB_TOKEN}\${GITHUB_PROJECTS_TOKEN:+ and $GITHUB_PROJECTS_TOKEN}" >> "$CALLS"
if test "$1" = astro; then
  mkdir -p "$SPRINTCAST_OUT"
  echo "$SPRINTCAST_URL $SPRINTCAST_CONTENT" > "$SPRINTCAST_OUT/index.html"
  exit
fi
shift
if test "$REAL" = true; then
  test "$1" = sync && set -- "$@" --backup "${checkout}/tracker/sample"
  exec node "${checkout}/tracker/cli.ts" "$@"
fi
case "$*" in
  "freeze --content "*)
    for team in $TEAMS; do mkdir -p "$3/reports/$team" && echo '{"frozen":{}}' > "$3/reports/$team/03.json"; done
    mkdir -p "$3/reports" && echo '{"frozen":{}}' > "$3/reports/03.json" ;;
  "freeze --preview "*) echo '{"frozen":null}' > "$4/reports/04.json" ;;
  debt*) test -z "$NO_HISTORY" && echo '{"sprints":[{"sprint":1},{"sprint":3}]}' ;;
  "report 9 "*) echo "there is no sprint 9" >&2; exit 2 ;;
  "report "*" --json") echo '{"sprint":{"number":'$2'}}' ;;
  "report "*) printf '# Sprint %s: "ours" $(touch hacked)\n' "$2" ;;
esac
`;

/** A team's repository, cloned as actions/checkout does, with a remote that can be pushed to. */
function cloneTeam(content = "content"): void {
  const team = join(top, "team");
  cpSync(exampleContent(), join(team, content), { recursive: true });
  rmSync(join(team, content, "reports"), { recursive: true });
  writeFileSync(join(team, "package.json"), "{}");
  writeFileSync(join(team, "package-lock.json"), "{}");
  writeFileSync(join(team, ".gitignore"), "node_modules/\ndist/\n.sprintcast/\n");
  git(team, "init", "-q", "-b", "main");
  commit(team, "Begin");
  git(top, "clone", "-q", "--bare", team, "origin.git");
  git(top, "clone", "-q", "--depth", "1", `file://${join(top, "origin.git")}`, "workspace");
}

const git = (cwd: string, ...args: string[]): string =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...args], {
    cwd,
    encoding: "utf8",
  });

function commit(cwd: string, message: string): void {
  git(cwd, "add", ".");
  git(cwd, "commit", "-q", "-m", message);
}

const pushed = (): string[] =>
  git(join(top, "origin.git"), "log", "--format=%an: %s", "main").trim().split("\n");
const committed = () => git(join(top, "origin.git"), "ls-tree", "-r", "--name-only", "main:content/reports");
const calls = (): string[] => readFileSync(join(top, "calls"), "utf8").trim().split("\n");

const act = (inputs: Record<string, string> = {}, env: Record<string, string> = {}) =>
  runAction({
    folder: checkout,
    workspace,
    inputs,
    env: {
      PATH: [join(top, "bin"), dirname(process.execPath), process.env.PATH].join(":"),
      HOME: top,
      CALLS: join(top, "calls"),
      GITHUB_REF_TYPE: "branch",
      GITHUB_REF_NAME: "main",
      GITHUB_EVENT_NAME: "schedule",
      ...env,
    },
    usesOutputs: { pages: { base_url: "https://team.github.io/reviews" } },
  });

describe("publish", () => {
  test("fetches, freezes, commits, builds for the address of Pages, and writes the newest sprint's report", () => {
    cloneTeam();
    const run = act({}, { REAL: "true" });
    expect(run.log).not.toContain("::error");
    expect(run.ok).toBe(true);
    expect(calls()).toEqual([
      "npm ci --no-audit --no-fund",
      "sprintcast sync --content content with job-token",
      "sprintcast freeze --content content",
      "sprintcast freeze --preview --content content",
      "sprintcast debt --json --content content",
      "sprintcast report 3 --content content --json",
      "sprintcast report 3 --content content --format md",
      "astro build",
    ]);
    expect(pushed()).toEqual(["github-actions[bot]: Freeze sprint reports", "t: Begin"]);
    expect(git(join(top, "origin.git"), "ls-tree", "--name-only", "main:content/reports").trim()).toBe(
      "01.json\n02.json\n03.json",
    );
    expect(readFileSync(join(workspace, "dist/index.html"), "utf8")).toBe(
      "https://team.github.io/reviews \n",
    );
    expect(run.given["actions/upload-pages-artifact@v5"]).toEqual({ path: "dist" });
    expect(run.summary).toContain("# Sprint 3: Deploy Python components\n");
    expect(run.summary).toContain("| Committed ");
    expect(run.outputs).toEqual({
      report: "sprintcast-report.json",
      sprint: "3",
      site: "dist",
      url: "https://team.github.io/reviews",
    });
    const report = JSON.parse(readFileSync(join(workspace, "sprintcast-report.json"), "utf8"));
    expect(report).toMatchObject({ schema: "sprintcast/report@1", sprint: { number: 3 } });
  });

  test("a second run has nothing to commit, and figures of a running sprint never are", () => {
    cloneTeam();
    const summary = '# Sprint 3: "ours" $(touch hacked)\n';
    for (const _ of [1, 2]) expect(act()).toMatchObject({ ok: true, summary });
    expect(pushed()).toEqual(["github-actions[bot]: Freeze sprint reports", "t: Begin"]);
    expect(committed()).toBe("03.json\n");
    const there = ["content/reports/04.json", "hacked"].map((path) => existsSync(join(workspace, path)));
    expect(there).toEqual([true, false]);
  });

  test("reports of teams that count their own sprints are committed, too", () => {
    cloneTeam();
    expect(act({}, { TEAMS: "api web" }).ok).toBe(true);
    expect(committed()).toBe("03.json\napi/03.json\nweb/03.json\n");
  });

  test("a push that somebody else's came before is made on top of theirs", () => {
    cloneTeam();
    git(top, "clone", "-q", "origin.git", "colleague");
    writeFileSync(join(top, "colleague/notes.md"), "ours");
    commit(join(top, "colleague"), "Notes");
    git(join(top, "colleague"), "push", "-q");
    const run = act();
    expect(run.log).not.toContain("::error");
    expect(pushed()).toEqual(["github-actions[bot]: Freeze sprint reports", "t: Notes", "t: Begin"]);
  });

  test("without the right to push it fails, and says what it needs", () => {
    cloneTeam();
    program("../origin.git/hooks/pre-receive", "#!/bin/sh\nexit 1\n");
    const run = act();
    expect(run).toMatchObject({ ok: false });
    expect(run.ran.at(-1)).toBe("Commit the frozen reports");
    expect(run.log).toContain('could not be pushed to main. The job needs "contents: write"');
  });

  test.each([
    ["a pull request", { GITHUB_EVENT_NAME: "pull_request", GITHUB_REF_NAME: "7/merge" }],
    ["a tag", { GITHUB_REF_TYPE: "tag", GITHUB_REF_NAME: "v1" }],
  ])("on %s nothing is committed", (_, env) => {
    cloneTeam();
    const run = act({}, env);
    expect(run.log).toContain("::notice title=Sprintcast::Frozen reports are committed on a branch alone");
    expect(run.ok).toBe(true);
    expect(pushed()).toEqual(["t: Begin"]);
  });

  test("sync: false publishes what is committed and asks for no token; the newest report is that of the last file", () => {
    cloneTeam();
    mkdirSync(join(workspace, "content/reports"));
    for (const name of ["02.json", "10.json", "x.json"])
      writeFileSync(join(workspace, "content/reports", name), "{}");
    const run = act({ sync: "false", cache: "false", out: "public/reviews" }, { NO_HISTORY: "true" });
    expect(run.ok).toBe(true);
    expect(run.ran).not.toContain("Fetch the history");
    expect(run.ran).not.toContain("Keep the history between runs");
    expect(calls().join("\n")).not.toMatch(/sync|freeze|with job-token/);
    expect(run.outputs).toMatchObject({ sprint: "10", site: "public/reviews" });
    expect(existsSync(join(workspace, "public/reviews/index.html"))).toBe(true);
  });

  test("of several teams that count their own sprints, the newest report is that of the latest start", () => {
    cloneTeam();
    for (const [team, number, start] of [
      ["api", 7, "2026-03-02T00:00:00.000Z"],
      ["web", 2, "2026-03-16T00:00:00.000Z"],
      ["web", 1, "2026-03-09T00:00:00.000Z"],
    ] as const) {
      mkdirSync(join(workspace, "content/reports", team), { recursive: true });
      const file = join(workspace, "content/reports", team, `0${number}.json`);
      writeFileSync(file, JSON.stringify({ sprint: { number, team, start } }));
    }
    const run = act({ sync: "false" }, { NO_HISTORY: "true" });
    expect(run).toMatchObject({ ok: true, outputs: { sprint: "web/2" } });
  });

  test("without a site it says how to set one up", () => {
    cloneTeam();
    const run = act({}, { NO_SITE: "true" });
    expect(run).toMatchObject({ ok: false });
    expect(run.log).toContain("npm create sprintcast@latest");
  });
});

describe("report", () => {
  test("of a named sprint, in a folder of its own, with packages of a named version and another token", () => {
    cloneTeam("team/our reviews");
    rmSync(join(workspace, "package-lock.json"));
    rmSync(join(workspace, "package.json"));
    const run = act({
      command: "report",
      path: "./team/",
      content: "our reviews",
      version: "0.1.0",
      sprint: "2",
      out: "two.json",
      token: "secret",
      "projects-token": "other-secret",
    });
    expect(run.log).not.toContain("::error");
    expect(calls()).toEqual([
      "npm install --no-save --no-audit --no-fund sprintcast@0.1.0",
      "sprintcast sync --content our reviews with secret and other-secret",
      "sprintcast report 2 --content our reviews --json",
      "sprintcast report 2 --content our reviews --format md",
    ]);
    expect(run.outputs).toMatchObject({ sprint: "2", report: "team/two.json", url: "" });
    expect(JSON.parse(readFileSync(join(workspace, "team/two.json"), "utf8")).sprint.number).toBe(2);
    expect(run.summary).toMatch(/^# Sprint 2: /);
    expect(pushed()).toEqual(["t: Begin"]);
  });

  test("where no sprint has begun, there is none, and that is no failure", () => {
    cloneTeam();
    for (const name of readdirSync(join(workspace, "content/sprints"))) {
      const file = join(workspace, "content/sprints", name);
      writeFileSync(file, readFileSync(file, "utf8").replaceAll("2019-", "2519-"));
    }
    const run = act({ command: "report" }, { REAL: "true" });
    expect(run.log).toContain("No sprint has begun yet");
    expect(run).toMatchObject({ ok: true, summary: "" });
    expect(run.outputs).toMatchObject({ sprint: "", report: "" });
  });

  test("of a sprint that there is not fails", () => {
    cloneTeam();
    const run = act({ command: "report", sprint: "9" });
    expect(run.ok).toBe(false);
    expect(run.log).toContain("::error title=Sprintcast::there is no report of sprint 9; the log says why\n");
    expect(run.log).toContain("there is no sprint 9\n");
  });
});

test("an input that cannot be is refused before anything is installed, and no shell runs it", () => {
  cloneTeam();
  const run = act({ content: '"; touch hacked; echo "\n::warning::x', sprint: "$(touch hacked)" });
  expect(run.ran).toEqual(["Set up Node", "Check the inputs"]);
  expect(run.ok).toBe(false);
  expect(run.log).toMatch(/^::error title=Sprintcast::content is .*%0Asprint is /m);
  expect(run.log).not.toMatch(/^::warning/m);
  expect(existsSync(join(workspace, "hacked"))).toBe(false);
  expect(act({ path: "elsewhere" }).log).toContain("there is no such folder");
});
