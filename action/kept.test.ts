import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keptReport, reportFiles, sealedReports } from "./kept.ts";

let content: string;
beforeEach(() => {
  content = mkdtempSync(join(tmpdir(), "action-kept-"));
});
afterEach(() => rmSync(content, { recursive: true, force: true }));

function put(path: string, text = "{}"): string {
  const file = join(content, "reports", path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

test("reports are those of sprints and of teams' sprints, by the numbers they are named for", () => {
  expect(reportFiles(content)).toEqual([]);
  const reports = ["03.json", "100.json", "api/03.json", "größe/01.json"].map((path) => put(path));
  for (const other of [
    "flow.json",
    "flow-api.json",
    "03.json.bak",
    "3a.json",
    "api/old/03.json",
    "README.md",
    "03.JSON",
  ])
    put(other);
  expect(reportFiles(content)).toEqual([...reports].sort());
});

test.each([
  ['{"frozen":{"at":"2026-01-05T00:00:00Z"}}', true],
  ['\uFEFF{"frozen":{}}', true],
  ['{"frozen":null}', false],
  ["{}", false],
  ["null", false],
  ["[]", false],
  ["3", false],
  ["", false],
  ['{"frozen":', false],
])("of %j the seal is committed: %j", (text, isSealed) => {
  const file = put("api/03.json", text);
  expect(sealedReports(content)).toEqual(isSealed ? [file] : []);
});

test("what is no file is no report, and stops nothing", () => {
  mkdirSync(join(content, "reports/07.json"), { recursive: true });
  expect(keptReport(join(content, "reports/07.json"))).toBeNull();
  const sealed = put("08.json", '{"frozen":{}}');
  expect(sealedReports(content)).toEqual([sealed]);
});
