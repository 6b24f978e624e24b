// Writes two files under tracker/testing/github/ from GitHub's REST description: the few schemas that the double's
// answers are held to, and the answers that the description gives as examples of what we ask. The package that carries
// the description weighs 400 MB unpacked, so it is fetched here, by hand, and is no dependency.
// Run: node scripts/github-schemas.ts

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { present } from "../tracker/core/model/present.ts";

const version = "23.0.2";
const wanted = [
  "issue",
  "milestone",
  "label",
  "issue-comment",
  "issue-event",
  "labeled-issue-event",
  "unlabeled-issue-event",
  "assigned-issue-event",
  "unassigned-issue-event",
  "milestoned-issue-event",
  "demilestoned-issue-event",
  "renamed-issue-event",
  "locked-issue-event",
  "state-change-issue-event",
  "issue-type-added-issue-event",
  "issue-type-changed-issue-event",
  "issue-type-removed-issue-event",
  "parent-issue-added-issue-event",
  "parent-issue-removed-issue-event",
  "sub-issue-added-issue-event",
  "sub-issue-removed-issue-event",
  "blocked-by-added-issue-event",
  "blocked-by-removed-issue-event",
];

/** What a sync asks, by the name of its listing. */
const asked = {
  issues: "/repos/{owner}/{repo}/issues",
  issue: "/repos/{owner}/{repo}/issues/{issue_number}",
  events: "/repos/{owner}/{repo}/issues/events",
  comments: "/repos/{owner}/{repo}/issues/comments",
  milestones: "/repos/{owner}/{repo}/milestones",
  labels: "/repos/{owner}/{repo}/labels",
  timeline: "/repos/{owner}/{repo}/issues/{issue_number}/timeline",
};

type Json = Record<string, unknown>;

/** Drops what only readers need, and says `nullable` as JSON Schema does. */
function slim(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(slim);
  if (node === null || typeof node !== "object") return node;
  const out: Json = {};
  for (const [key, value] of Object.entries(node as Json)) {
    if (
      ["description", "example", "examples", "title", "x-github", "deprecated", "nullable"].includes(key) &&
      typeof value !== "object"
    )
      continue;
    if (key === "example" || key === "examples") continue;
    out[key] = slim(value);
  }
  if ((node as Json).nullable !== true) return out;
  return "$ref" in out ? { anyOf: [out, { type: "null" }] } : { anyOf: [{ type: "null" }, out] };
}

interface Described {
  value?: unknown;
  $ref?: string;
}
interface Description {
  paths: Record<
    string,
    {
      get: {
        responses: Record<
          string,
          { content?: Record<string, { examples?: Record<string, Described> }> } | undefined
        >;
      };
    }
  >;
  components: { schemas: Json; examples: Record<string, { value: unknown }> };
}

function examplesIn({ paths, components }: Description): Json {
  return Object.fromEntries(
    Object.entries(asked).map(([name, path]) => {
      const answer = present(paths[path]).get.responses["200"]?.content?.["application/json"];
      const [example] = Object.values(answer?.examples ?? {});
      const named = example?.$ref?.split("/").at(-1);
      return [name, named === undefined ? example?.value : components.examples[named]?.value];
    }),
  );
}

const dir = mkdtempSync(join(tmpdir(), "github-schemas-"));
try {
  const tarball = execFileSync("npm", ["pack", `@octokit/openapi@${version}`, "--silent"], {
    cwd: dir,
    encoding: "utf8",
  }).trim();
  execFileSync("tar", ["xzf", tarball, "package/generated/api.github.com.json"], { cwd: dir });
  const api: Description = JSON.parse(
    readFileSync(join(dir, "package/generated/api.github.com.json"), "utf8"),
  );
  const all = api.components.schemas;
  const taken: Json = {};
  const take = (name: string): void => {
    if (name in taken) return;
    taken[name] = slim(all[name]);
    for (const [, ref] of JSON.stringify(taken[name]).matchAll(/#\/components\/schemas\/([^"]+)/g))
      take(present(ref));
  };
  for (const name of wanted) take(name);
  const source = `GitHub's REST API description, as @octokit/openapi ${version} carries it (MIT licence, GitHub Inc. and the Octokit contributors)`;
  const write = (name: string, content: Json) =>
    writeFileSync(`tracker/testing/github/${name}`, `${JSON.stringify({ source, ...content })}\n`);
  write("github-schemas.json", { components: { schemas: taken } });
  write("github-examples.json", { answers: examplesIn(api) });
  execFileSync("npx", ["biome", "format", "--write", "tracker/testing/github"], { stdio: "inherit" });
  console.log(`${Object.keys(taken).length} schemas written`);
} finally {
  rmSync(dir, { recursive: true, force: true });
}
