import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Io } from "../io.ts";
import { openStore } from "../store/open.ts";
import { day, history } from "../testing/history-builder.ts";
import type { StateDocument } from "./state.ts";
import { stateVerb } from "./state.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sprintcast-state-"));
  const store = openStore(join(folder, "history.db"));
  store.setRepository("team/product");
  store.append(
    history(
      [
        {
          number: 2,
          title: "evil \u001b[2J\u202etitle <img src=x onerror=alert(1)>",
          labels: ["defect"],
          milestone: { number: 7, title: "Sprint 7" },
          assignees: ["bo"],
          events: [
            [1, "labeled", "bug"],
            [2, "milestoned", "Sprint 7"],
            [2, "assigned", "bo"],
          ],
        },
        {
          number: 1,
          createdAt: day(5),
          updatedAt: day(5),
          state: "closed",
          stateReason: "not_planned",
          events: [[6, "closed", "not_planned"]],
        },
        { number: 3, pullRequest: true },
        { number: 4, labels: ["defect"], events: [[1, "labeled", "bug"]] },
        { number: 5, createdAt: day(8), labels: ["defect"], events: [[8, "labeled", "defect"]] },
      ],
      { labels: ["defect"], milestones: { 7: "Sprint 7" } },
    ),
  );
  store.close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(...args: string[]): Promise<string> {
  let text = "";
  const io: Io = {
    out: (part) => {
      text += part;
    },
    err: () => {},
    isTerminal: false,
    showsProgress: false,
    columns: 80,
    env: {},
    cwd: folder,
    now: () => day(10),
    signal: new AbortController().signal,
  };
  await stateVerb(io)
    .exitOverride()
    .parseAsync(["--db", "history.db", ...args], { from: "user" });
  return text;
}
const json = async (...args: string[]) => JSON.parse(await run("--json", ...args)) as StateDocument;

describe("state --json", () => {
  it("keeps its contract", async () => {
    const document = await json("--at", new Date(day(3)).toISOString());
    expect(document).toMatchObject({
      schema: "sprintcast/state@1",
      repository: "team/product",
      at: "2024-01-04T12:00:00.000Z",
    });
    expect(document.issues.map(({ number }) => number)).toEqual([2, 4]);
    expect(document.issues[0]).toEqual({
      number: 2,
      title: "evil \u001b[2J\u202etitle <img src=x onerror=alert(1)>",
      state: "open",
      stateReason: null,
      labels: ["defect"],
      milestone: { number: 7, title: "Sprint 7" },
      assignees: ["bo"],
      pullRequest: false,
      provenance: {
        title: "replayed",
        state: "replayed",
        stateReason: "replayed",
        labels: "inferred",
        milestone: "replayed",
        assignees: "replayed",
      },
    });
    expect(document.aliases).toEqual({
      labels: [
        {
          from: "bug",
          to: "defect",
          notBefore: "2024-01-02T12:00:00.000Z",
          notAfter: "2024-01-09T12:00:00.000Z",
        },
      ],
      milestones: [],
    });
  });

  it("lists what was created by then, now by default, and pull requests when asked", async () => {
    expect((await json()).issues.map(({ number, state }) => [number, state])).toEqual([
      [1, "closed"],
      [2, "open"],
      [4, "open"],
      [5, "open"],
    ]);
    expect((await json("--pulls")).issues.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    expect((await json("--at", "2001-01-01T00:00:00Z")).issues).toEqual([]);
  });

  it("gives the old name of a label where it can be dated", async () => {
    const { issues } = await json("--at", "2024-01-02T13:00:00+01:00");
    expect(issues[0]).toMatchObject({ number: 2, labels: ["bug"], provenance: { labels: "replayed" } });
  });

  it("refuses what is not a valid time, and a database that is not there", async () => {
    for (const at of ["yesterday", "2024-01-01", "2024-13-01T00:00:00Z", "2024-01-01T00:00:00"]) {
      await expect(run("--at", at), at).rejects.toMatchObject({ code: "bad-instant", exitCode: 2 });
    }
    await expect(run("--db", "nowhere.db")).rejects.toMatchObject({ code: "store-missing", exitCode: 2 });
  });
});

describe("state as a table", () => {
  it("says of when it is to the second, whatever the clock says", async () => {
    for (const at of ["2024-01-04T12:00:00Z", "2024-01-04T12:00:00.987Z", "2024-01-04T13:00:00+01:00"])
      expect((await run("--at", at)).split(":").slice(0, 3).join(":"), at).toBe(
        "team/product at 2024-01-04T12:00:00Z",
      );
  });

  it("fits 80 columns and lets no title steer the terminal", async () => {
    const text = await run();
    expect(Math.max(...text.split("\n").map((line) => [...line].length))).toBeLessThanOrEqual(80);
    for (const steering of ["\u001b", "\u202e"]) expect(text).not.toContain(steering);
    expect(text).toContain("#1");
    expect(text).toContain("dropped");
    expect(text).toContain("Renamed: bug → defect");
  });
});
