import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { present } from "../core/model/present.ts";
import { generateBackup } from "./generate.ts";
import { sampleFolder } from "./repository.ts";
import { parseSource } from "./source.ts";
import { listGenerated, readExpectedFiles } from "./write.ts";

test("the committed folder is what the source generates, byte for byte", async () => {
  const expected = await readExpectedFiles();
  expect((await listGenerated()).toSorted()).toEqual([...expected.keys()].toSorted());
  for (const [path, text] of expected)
    expect(await readFile(join(sampleFolder, path), "utf8"), path).toBe(text);
});

test("no address leads to a host that could exist", async () => {
  for (const [path, text] of await readExpectedFiles())
    for (const [url] of text.matchAll(/https?:\/\/[^/"]+/g)) expect(url, path).toMatch(/\.invalid$/);
});

const small = (issues: string, labels = '[{ name: "size: S", color: ededed, description: "" }]') => `
repository: a/b
host: example.invalid
zone: Europe/Berlin
snapshot: 2019-12-01 12:00
author: someone-else
labels: ${labels}
milestones: [{ number: 1, title: One, created: 2019-01-01 10:00, due: 2019-02-01, closed: 2019-02-02 10:00 }]
issues:
${issues}`;

const issue = (rest: string) => `  - { number: 1, title: T, created: 2019-03-31 01:30${rest} }`;

test("wall clocks are read in the zone, across the change to summer time", () => {
  const source = parseSource(small(issue(", history: { 2019-03-31 03:30: done }")));
  const written = JSON.parse(present(generateBackup(source).get("issues/1.json"))) as {
    issue: { created_at: string; closed_at: string };
  };
  expect(written.issue.created_at).toBe("2019-03-31T00:30:00Z");
  expect(written.issue.closed_at).toBe("2019-03-31T01:30:00Z");
});

test.each([
  ["an undeclared label", issue(", labels: [nope]"), /label "nope" is not declared/],
  ["an undeclared milestone", issue(", history: { 2019-04-01 10:00: { milestone: 9 } }"), /milestone 9/],
  ["a history that runs backwards", issue(", history: { 2019-03-01 10:00: done }"), /is not after/],
  ["a misspelt step", issue(", history: { 2019-04-01 10:00: dne }"), /history/],
  ["a time that is no time", issue(", history: { 2019-04-01: done }"), /2019-04-01/],
])("%s is refused with its place", (_, issues, message) => {
  expect(() => parseSource(small(issues))).toThrow(message);
});
