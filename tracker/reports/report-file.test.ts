import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { digestOf, freezeReport, isIntact } from "../core/report/freeze.ts";
import { makeReport } from "../testing/make-report.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { listReportFiles, readReportFile, writeReportFile } from "./report-file.ts";

const report = makeReport({ number: 3, cards: 3 });

describe("a report that is written", () => {
  it("is read as it was, with fields that nobody here knows, so that its digest holds", async () => {
    const file = join(temporaryFolder(), "content/reports/api/03.json");
    const frozen = freezeReport(
      { ...report, ofTomorrow: { x: [1] } } as typeof report,
      "2026-03-01T00:00:00Z",
    );
    await writeReportFile(file, frozen);
    const read = await readReportFile(file);
    expect(read).toEqual(frozen);
    expect(read !== null && isIntact(read)).toBe(true);
    expect(read === null ? null : digestOf(read)).toBe(frozen.frozen?.digest);
  });

  it("ends with a line feed, has a line for each value, and leaves no other file behind", async () => {
    const file = join(temporaryFolder(), "reports/03.json");
    await writeReportFile(file, report);
    await writeReportFile(file, { ...report, goalMet: null });
    const text = readFileSync(file, "utf8");
    expect(text).toMatch(/\n}\n$/);
    expect(text.split("\n").length).toBeGreaterThan(100);
    expect(JSON.parse(text).goalMet).toBeNull();
    expect(readdirSync(dirname(file))).toEqual(["03.json"]);
  });
});

describe("a file that is read", () => {
  it("is no report where there is none", async () => {
    expect(await readReportFile(join(temporaryFolder(), "reports/09.json"))).toBeNull();
  });

  it.each([
    ["", "report-json", "is not valid JSON"],
    ['{"schema": "sprintcast/report@1", ', "report-json", "is not valid JSON"],
    ["<<<<<<< ours", "report-json", "is not valid JSON"],
    ["null", "report-invalid", "sprintcast/report@1"],
    ["[]", "report-invalid", "sprintcast/report@1"],
    ['{"schema": "sprintcast/report@2"}', "report-invalid", "sprintcast/report@1"],
  ])("with %j in it is refused as %s, with its path and what helps", async (text, code, message) => {
    const file = join(temporaryFolder(), "03.json");
    writeFileSync(file, text);
    await expect(readReportFile(file)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
      hint: expect.stringContaining("git restore"),
    });
    await expect(readReportFile(file)).rejects.toThrow(file);
  });

  it("that is a folder is an error of the system's, not a missing report", async () => {
    await expect(readReportFile(temporaryFolder())).rejects.toMatchObject({ code: "EISDIR" });
  });
});

describe("all kept reports", () => {
  it("are listed by team and sprint, ten after nine, and nothing else is", async () => {
    const content = temporaryFolder();
    for (const name of [
      "10.json",
      "9.json",
      "01.json",
      "flow.json",
      "notes.md",
      "2.json.bak",
      "web/2.json",
      "api/11.json",
      "api/03.json",
      "api/flow.json",
    ]) {
      mkdirSync(dirname(join(content, "reports", name)), { recursive: true });
      writeFileSync(join(content, "reports", name), "{}");
    }
    const found = await listReportFiles(content);
    expect(found.map((file) => relative(join(content, "reports"), file))).toEqual([
      ...["01.json", "9.json", "10.json"],
      ...["api/03.json", "api/11.json", "web/2.json"],
    ]);
  });

  it("are none where the folder is missing", async () => {
    expect(await listReportFiles(temporaryFolder())).toEqual([]);
  });
});
