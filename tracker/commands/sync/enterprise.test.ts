import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "selfsigned";
import { beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../store/open.ts";
import { createGraph, readSchema } from "../../testing/github/graph.ts";
import { remove } from "../../testing/github/repository.ts";
import { cardIn, roadmap, team, teamName } from "../../testing/project-rig.ts";
import { serve } from "../../testing/sync-rig.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";

const cli = new URL("../../cli.ts", import.meta.url).pathname;
const secret = "ghs_ofTheEnterprise";

let authority: { key: string; cert: string };
beforeAll(async () => {
  const altNames = [{ type: 7 as const, ip: "127.0.0.1" }];
  const made = await generate([{ name: "commonName", value: "Acme Root" }], {
    keySize: 2048,
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "subjectAltName", altNames },
    ],
  });
  authority = { key: made.private, cert: made.cert };
});

/** The command line in a process of its own: Node reads NODE_EXTRA_CA_CERTS when it starts. */
async function sync(cwd: string, env: Record<string, string>) {
  const args = [cli, "sync", "--repo", teamName, "--projects", "--json"];
  const child = spawn(process.execPath, args, { cwd, env: { PATH: process.env.PATH ?? "", ...env } });
  let out = "";
  let err = "";
  child.stdout.on("data", (text) => {
    out += text;
  });
  child.stderr.on("data", (text) => {
    err += text;
  });
  const [code] = await once(child, "close");
  expect(out + err).not.toContain(secret);
  return { code, out, err };
}

async function serveEnterprise() {
  const all = team(120);
  all.told.cards.set(1, [cardIn(roadmap, "Todo")]);
  const graph = createGraph(readSchema(), all.served, all.told);
  const double = await serve(all.served, { token: secret, graph, enterprise: authority });
  return { served: all.served, double, env: { GITHUB_API_URL: double.url, GITHUB_TOKEN: secret } };
}

describe("an Enterprise Server with a certificate of its own authority", () => {
  test("is read below /api/v3, with Projects beside it, in the edition that is asked for", async () => {
    const { served, double, env } = await serveEnterprise();
    const cwd = temporaryFolder();
    const trusted = join(cwd, "acme.pem");
    writeFileSync(trusted, authority.cert);
    const first = await sync(cwd, { ...env, NODE_EXTRA_CA_CERTS: trusted });
    expect(first).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(first.out)).toMatchObject({ issues: 120, repository: teamName });
    expect(new Set(double.log.map(({ version }) => version))).toEqual(new Set(["2022-11-28"]));
    const kept = openStore(join(cwd, ".sprintcast/sprintcast.db"));
    expect(kept.projects().map(({ title }) => title)).toEqual([roadmap.title]);
    kept.close();

    // An issue's redirect is followed to the same server alone, below the same path.
    remove(served, 5, "transferred");
    const second = await sync(cwd, { ...env, NODE_EXTRA_CA_CERTS: trusted });
    expect(JSON.parse(second.out)).toMatchObject({ issues: 0, gone: [{ number: 5, how: "transferred" }] });
  });

  test("is found by the settings alone, also where a workflow on github.com runs", async () => {
    const { double, env } = await serveEnterprise();
    const cwd = temporaryFolder();
    const trusted = join(cwd, "acme.pem");
    writeFileSync(trusted, authority.cert);
    mkdirSync(join(cwd, "content"));
    const settings = `repository: ${teamName}\ntimeZone: UTC\ngithub: ${new URL(double.url).origin}/\n`;
    writeFileSync(join(cwd, "content/settings.yml"), settings);
    const runners: Record<string, string>[] = [{}, { GITHUB_API_URL: "https://api.github.com" }];
    for (const runner of runners) {
      const given = { GITHUB_TOKEN: env.GITHUB_TOKEN, NODE_EXTRA_CA_CERTS: trusted, ...runner };
      expect(await sync(cwd, given)).toMatchObject({ code: 0, err: "" });
    }
    expect(double.log.length).toBeGreaterThan(1);
  });

  test("is not spoken to where nobody vouches for it, and the way out is told", async () => {
    const { double, env } = await serveEnterprise();
    const { code, err } = await sync(temporaryFolder(), env);
    expect(code).toBe(4);
    expect(err).toMatch(/certificate of GitHub's server is not trusted \([A-Z_]+\)/);
    expect(err).toContain("NODE_EXTRA_CA_CERTS");
    expect(double.log).toEqual([]);
  });
});
