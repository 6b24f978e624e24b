// Writes tracker/github/double/github-schemas.json: the few schemas of GitHub's REST description that the double's
// answers are held to. The package that carries the description weighs 400 MB unpacked, so it is fetched here, by
// hand, and is no dependency. Run: node scripts/github-schemas.ts

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
];

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

const dir = mkdtempSync(join(tmpdir(), "github-schemas-"));
try {
  const tarball = execFileSync("npm", ["pack", `@octokit/openapi@${version}`, "--silent"], {
    cwd: dir,
    encoding: "utf8",
  }).trim();
  execFileSync("tar", ["xzf", tarball, "package/generated/api.github.com.json"], { cwd: dir });
  const api = JSON.parse(readFileSync(join(dir, "package/generated/api.github.com.json"), "utf8"));
  const all: Json = api.components.schemas;
  const taken: Json = {};
  const take = (name: string): void => {
    if (name in taken) return;
    taken[name] = slim(all[name]);
    for (const [, ref] of JSON.stringify(taken[name]).matchAll(/#\/components\/schemas\/([^"]+)/g))
      take(present(ref));
  };
  for (const name of wanted) take(name);
  const file = {
    source: `GitHub's REST API description, as @octokit/openapi ${version} carries it (MIT licence, GitHub Inc. and the Octokit contributors)`,
    components: { schemas: taken },
  };
  writeFileSync("tracker/github/double/github-schemas.json", `${JSON.stringify(file)}\n`);
  console.log(`${Object.keys(taken).length} schemas written`);
} finally {
  rmSync(dir, { recursive: true, force: true });
}
