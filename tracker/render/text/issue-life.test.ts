import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import type { CountedAs, IssueLife, LifeSprint } from "../../core/model/issue-life.ts";
import { renderIssueLife } from "./issue-life.ts";

const elapsed = (days: number, workingDays = days) => ({ days, workingDays });
const flow: NonNullable<IssueLife["flow"]> = {
  number: 7,
  title: "Task",
  url: "",
  createdAt: "2024-05-01T00:00:00.000Z",
  startedAt: "2024-05-02T00:00:00.000Z",
  finishedAt: "2024-05-04T00:00:00.000Z",
  lead: elapsed(3),
  cycle: elapsed(2, 1),
  lanes: [],
  blocked: elapsed(0),
  sprints: [],
  provenance: "replayed",
};
const life = (more: Partial<IssueLife> = {}): IssueLife => ({
  schema: "sprintcast/issue@1",
  repository: "a/b",
  asOf: "2024-05-31T00:00:00.000Z",
  timeZone: "UTC",
  pullRequest: false,
  author: "ana",
  state: "closed",
  labels: [],
  assignees: [],
  flow,
  number: 7,
  title: "Task",
  url: "https://github.com/a/b/issues/7",
  createdAt: "2024-05-01T00:00:00.000Z",
  sprints: [],
  lanes: [],
  sizes: [],
  effort: [],
  provenance: "replayed",
  ...more,
});
const text = (more: Partial<IssueLife> = {}, width = 100) => renderIssueLife(life(more), { width });

describe("what it is", () => {
  test("names who opened it and who has it, and leaves out what there is none of", () => {
    expect(text()).toContain("closed issue, opened 2024-05-01 00:00 by ana.");
    expect(text({ author: null, pullRequest: true, state: "open" })).toContain(
      "open pull request, opened 2024-05-01 00:00.",
    );
    expect(text({ assignees: ["ana", "ben"], labels: ["bug"] })).toContain(
      "by ana; assigned to ana, ben; label bug.",
    );
    expect(text({ labels: ["a", "b"] })).toContain("labels a, b.");
  });

  test("is called by its repository among several, and links nowhere without an address", () => {
    expect(text({ ref: "web#7" }).split("\n")[0]).toBe("web#7 Task");
    expect(text({ url: "" })).not.toContain("http");
  });

  test("is told in the zone of the team, on either side of a change of the clock", () => {
    const berlin = { timeZone: "Europe/Berlin" };
    expect(text({ ...berlin, createdAt: "2024-03-31T00:59:00.000Z" })).toContain("opened 2024-03-31 01:59");
    expect(text({ ...berlin, createdAt: "2024-03-31T01:00:00.000Z" })).toContain("opened 2024-03-31 03:00");
    expect(text(berlin)).toContain("up to 2024-05-31 02:00. Times in Europe/Berlin.");
  });
});

describe("its times", () => {
  test.each<[string, Partial<typeof flow>, string]>([
    ["finished", {}, "Lead time 3 days (3 working), cycle time 2 days (1 working)."],
    [
      "finished, never begun",
      { startedAt: null, cycle: null },
      "Lead time 3 days (3 working), cycle time not known.",
    ],
    ["of one day", { lead: elapsed(1, 0) }, "Lead time 1 day (0 working), cycle time 2 days (1 working)."],
    ["blocked", { blocked: elapsed(1.5) }, "(1 working), blocked 1.5 days (1.5 working)."],
  ])("%s", (_, more, words) => {
    expect(text({ flow: { ...flow, ...more } })).toContain(words);
  });

  test("are so far while it is open, and none where it was closed without being done", () => {
    const open = (more: Partial<typeof flow>) =>
      text({ state: "open", flow: { ...flow, finishedAt: null, ...more } });
    expect(open({})).toContain("Open for 3 days (3 working), cycle time so far 2 days (1 working).");
    expect(open({ startedAt: null, cycle: null })).toContain("Open for 3 days (3 working), work not begun.");
    expect(open({ blocked: elapsed(1, 1) })).toContain(", blocked so far 1 day (1 working).");
    const dropped = text({ state: "closed", flow: { ...flow, finishedAt: null } });
    expect(dropped).toContain("Closed, but not done: it has no lead time.");
    expect(dropped).not.toMatch(/so far|3 working/);
  });

  test("are none of what the team does not count", () => {
    expect(text({ flow: null })).not.toContain("Lead time");
  });
});

describe("its sprints", () => {
  const row = (figure: string, days: number | null, more: Partial<CountedAs> = {}): CountedAs => ({
    figure,
    days,
    why: "",
    at: null,
    eventId: null,
    provenance: "replayed",
    ...more,
  });
  const sprint = (more: Partial<LifeSprint> = {}): LifeSprint => ({
    number: 3,
    title: "Sprint 3",
    marked: [{ from: "2024-05-02T00:00:00.000Z", to: null, actor: null, eventId: null }],
    depth: 1,
    frozen: false,
    running: false,
    counted: [],
    ...more,
  });
  const rowOf = (more: Partial<LifeSprint>) =>
    text({ sprints: [sprint(more)] }, 200)
      .split("\n")
      .find((line) => /^ *3 /.test(line)) ?? "";

  test("say since when and until when it bore the mark, or that it bore none", () => {
    expect(rowOf({})).toContain("2024-05-02 00:00 – now");
    const both = [
      { from: "2024-05-02T00:00:00.000Z", to: "2024-05-03T00:00:00.000Z", actor: null, eventId: null },
      { from: "2024-05-04T00:00:00.000Z", to: null, actor: null, eventId: null },
    ];
    expect(rowOf({ marked: both })).toContain("2024-05-02 00:00 – 2024-05-03 00:00, 2024-05-04 00:00 – now");
    expect(rowOf({ marked: [] })).toContain(" — ");
  });

  test("name every figure once, with its amount, and no share", () => {
    const counted = [row("committed", 0.5), row("completed", 0.5), row("sayDo", 0.5), row("committed", 0.5)];
    expect(rowOf({ counted })).toMatch(/committed 0\.5 d, completed 0\.5 d *$/);
    expect(rowOf({ counted: [row("committed", 1, { unit: "points" })] })).toMatch(/committed 1 point *$/);
  });

  test("name a figure that counts it without a size alone, and say where none counts it", () => {
    expect(rowOf({ counted: [row("committed", null)] })).toMatch(/committed *$/);
    expect(rowOf({ counted: [] })).toMatch(/in no figure *$/);
    expect(rowOf({ counted: [row("a figure of a later version", 2)] })).toContain(
      "a figure of a later version 2 d",
    );
  });
});

describe("tables that would say nothing", () => {
  const span = { from: "2024-05-01T00:00:00.000Z", to: null };

  test("are left out", () => {
    const bare = text({ sizes: [{ size: null, days: null, ...span, provenance: "replayed" }] });
    for (const title of ["Sprints", "Sizes", "Effort said in all"]) expect(bare).not.toContain(title);
  });

  test("a time without a size, between two, is —", () => {
    const sizes = [
      {
        size: "M",
        days: 0.5,
        from: span.from,
        to: "2024-05-02T00:00:00.000Z",
        provenance: "replayed" as const,
      },
      { size: null, days: null, from: "2024-05-02T00:00:00.000Z", to: null, provenance: "replayed" as const },
    ];
    const lines = text({ sizes, unit: "points" }).split("\n");
    expect(lines.find((line) => line.startsWith("Size "))).toMatch(/^Size +Points +From +To/);
    expect(lines.find((line) => line.startsWith("—"))).toMatch(/^— +— +2024-05-02 00:00 +now/);
  });

  test("effort says how it is known where it was not replayed, and a lane of none is no board", () => {
    const effort = [{ at: span.from, days: 0, source: "by 2 comments", provenance: "observed" as const }];
    const lanes = [{ name: null, ...span, ...elapsed(1) }];
    const shown = text({ effort, lanes });
    expect(shown).toMatch(/0 +by 2 comments \(observed\)/);
    expect(shown).toMatch(/on no board +2024-05-01 00:00 +now/);
  });
});

test("says how well its life is known", () => {
  expect(text()).toContain("Replayed from the issue's events, up to 2024-05-31 00:00.");
  expect(text({ provenance: "inferred" })).toContain("Known as: inferred, up to");
});

test.each([60, 80, 120])(
  "fits into %d columns with titles and labels of any kind, which steer nothing",
  (width) => {
    const hostile = "デプロイする前に\u001b[31mred\u202e".repeat(12);
    const shown = text({ title: hostile, labels: [hostile, "b"], assignees: [hostile], url: "" }, width);
    for (const line of shown.split("\n")) expect(stringWidth(line), line).toBeLessThanOrEqual(width);
    expect(shown.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
  },
);
