import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { recordingOf } from "@sprintcast/demo/testing";
import { ContentError } from "sprintcast/errors";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { type RecordingFile, readRun, recordingsIn, runFor } from "./recorded-runs.ts";

const teams = [
  { name: "API & Co", address: "api-co" },
  { name: "Web", address: "web" },
];

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "sprintcast-runs-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
});

function write(path: string, text = ""): string {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
  return join(dir, path);
}

describe("the recorded runs of a folder", () => {
  it("are its numbered files and those of each team's folder, by sprint and not by name", async () => {
    for (const path of ["10.ndjson", "9.ndjson", "api-co/02.ndjson", "web/11.ndjson"]) write(path);
    expect(await recordingsIn(dir, teams)).toEqual([
      { name: "api-co/02", team: "api-co", sprint: 2, file: join(dir, "api-co/02.ndjson") },
      { name: "9", team: "", sprint: 9, file: join(dir, "9.ndjson") },
      { name: "10", team: "", sprint: 10, file: join(dir, "10.ndjson") },
      { name: "web/11", team: "web", sprint: 11, file: join(dir, "web/11.ndjson") },
    ]);
  });

  it.each([
    "3.ndjson.bak",
    "three.ndjson",
    "3.json",
    "-3.ndjson",
    "3.5.ndjson",
    "3.NDJSON",
    "other/03.ndjson",
    "API & Co/03.ndjson",
    "web/old/03.ndjson",
  ])("are not %s", async (path) => {
    write(path);
    expect(await recordingsIn(dir, teams)).toEqual([]);
  });

  it("are none where there is no such folder; a file in its place is told", async () => {
    expect(await recordingsIn(join(dir, "none"), teams)).toEqual([]);
    await expect(recordingsIn(write("recordings"), teams)).rejects.toThrow("ENOTDIR");
  });

  it("are nobody's but the team's of all where there are no teams", async () => {
    write("01.ndjson");
    write("web/02.ndjson");
    expect((await recordingsIn(dir, [])).map(({ name }) => name)).toEqual(["01"]);
  });
});

describe("the run to show for a sprint", () => {
  const run = (sprint: number, team = ""): RecordingFile => ({
    name: `${team}${sprint}`,
    ...{ team, sprint, file: "" },
  });
  const runs = [run(1, "web"), run(2), run(3, "api-co"), run(4), run(6, "web")];
  const shown = (sprint: { number: number; team?: string } | null, isShared = false, all = runs) =>
    runFor(all, sprint, { sprintPaths: { isShared }, teams })?.name;

  it.each([
    [{ number: 4 }, "4"],
    [{ number: 5 }, "4"],
    [{ number: 3 }, "2"],
    [{ number: 1 }, undefined],
    [null, "4"],
    [{ number: 6, team: "Web" }, "web6"],
    [{ number: 5, team: "Web" }, "web1"],
    [{ number: 4, team: "API & Co" }, "api-co3"],
    [{ number: 2, team: "API & Co" }, "2"],
    [{ number: 4, team: "Nobody" }, "4"],
  ])("%j is its own, else the newest before it, a team's own first: %s", (sprint, name) => {
    expect(shown(sprint)).toBe(name);
  });

  it("of a team that counts its own sprints is the newest of all where the team has none: numbers differ", () => {
    expect(shown({ number: 1, team: "API & Co" }, true)).toBe("4");
    expect(shown({ number: 1, team: "Web" }, true)).toBe("web1");
    expect(shown({ number: 1 }, true)).toBeUndefined();
  });

  it("is none where nothing was recorded", () => {
    expect(shown(null, false, [])).toBeUndefined();
    expect(shown(null, false, [run(1, "web")])).toBeUndefined();
  });
});

describe("a recorded run", () => {
  const read = (text: string) =>
    readRun({ name: "web/03", team: "web", sprint: 3, file: write("web/03.ndjson", text) });

  it("says on which day it began, in UTC, and how large it is", async () => {
    const text = recordingOf(2, Date.parse("2026-03-04T23:59:59Z"));
    expect(await read(text)).toMatchObject({ recordedOn: "2026-03-04", bytes: Buffer.byteLength(text) });
  });

  it.each([1_790_000_000_000_000, -1, 8_640_000_000_000_000])(
    "says no day where its clock stands at %d ms",
    async (startedAt) => {
      expect((await read(recordingOf(1, startedAt))).recordedOn).toBeNull();
    },
  );

  it.each([
    ["", /line 1/],
    ["{}\n", /line 1/],
    [`${recordingOf(1)}no JSON\n`, /line \d+: no JSON/],
  ])("that is none stops the build, its file named: %j", async (text, message) => {
    const reading = read(text);
    await expect(reading).rejects.toThrow(ContentError);
    await expect(reading).rejects.toMatchObject({
      code: "recording-invalid",
      file: "recordings/web/03.ndjson",
      message: expect.stringMatching(message),
    });
  });
});
