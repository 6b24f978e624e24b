import { describe, expect, it } from "vitest";
import type { Kalm, KalmEntry } from "../../core/model/kalm.ts";
import type { Effort, Report } from "../../core/model/report.ts";
import { makeReport } from "../../testing/make-report.ts";
import { budgetSection } from "./budget.ts";
import { effortSection } from "./effort.ts";
import { kalmSection } from "./kalm.ts";
import { renderState } from "./state.ts";
import { plain } from "./terminal.ts";

const base = makeReport({ number: 3, cards: 4 });
const look = { width: 80, paint: plain };
const flat = (text: string): string => text.replace(/\s+/g, " ");

describe("promises in a terminal", () => {
  const entry = (text: string): KalmEntry => ({ text, from: 3, issue: null });
  const none: Kalm = { keep: [], add: [], less: [], more: [], followUp: [], keepRate: null };
  const answer = (kept: boolean | null, index: number): Kalm["followUp"][number] => ({
    ...entry(`Promise ${index}`),
    from: 2,
    kind: "keep",
    kept,
    age: 1,
  });

  it("has a mark for each answer, and a share of those that are answered alone", () => {
    const text = kalmSection({ ...none, followUp: [true, false, null].map(answer) });
    expect(text).toMatch(/✓ Promise 0 \(sprint 2\)[\s\S]*✗ Promise 1[\s\S]*○ Promise 2/);
    expect(flat(text)).toContain("50% of the answered promises kept");
    expect(kalmSection({ ...none, followUp: [answer(null, 0)] })).not.toContain("%");
  });

  it("never says 100% of promises of which one was not kept", () => {
    const followUp = [...Array.from({ length: 999 }, (_, index) => answer(true, index)), answer(false, 999)];
    expect(flat(kalmSection({ ...none, followUp }))).toContain(">99% of the answered promises");
  });

  it("names each kind once, and says so where there is none at all", () => {
    const text = kalmSection({ ...none, keep: [entry("a"), entry("b")], more: [entry("c")] });
    expect(text.match(/Keep/g)).toHaveLength(1);
    expect(text).not.toContain("Add");
    expect(kalmSection(none)).toContain("no promises");
  });
});

describe("the sum of a sprint in a terminal", () => {
  const reportOf = (effort: Partial<Effort>, more: Partial<Report> = {}): Report => ({
    ...base,
    ...more,
    effort: { ...base.effort, ...effort },
  });
  const line = (text: string, label: string) => text.split("\n").find((one) => one.includes(label)) ?? "";

  it("has its signs, and shows nothing spent elsewhere where nothing was", () => {
    const text = effortSection(reportOf({ spentElsewhere: 0 }));
    for (const [sign, label] of [
      ["+", "added"],
      ["±", "re-estimated"],
      ["−", "removed"],
      ["=", "final scope"],
    ])
      expect(line(text, label ?? "")).toMatch(new RegExp(`^ *\\${sign} ${label}`));
    expect(text).not.toContain("elsewhere");
    expect(effortSection(reportOf({ spentElsewhere: 1.5 }))).toContain("1.5");
  });

  it("never says 100% of less than all", () => {
    const text = flat(effortSection(reportOf({ sayDo: 0.999, sayDoInitial: 0.001, actualShare: 0.999 })));
    expect(text).toContain("Say/do ratio >99%, committed work done <1%.");
    expect(text).toContain(">99% of the tasks have actual effort recorded");
  });

  it("counts tasks without an estimate, one in the singular, each end for itself", () => {
    const unsized = (committed: number, final: number) =>
      flat(effortSection(reportOf({ unestimated: { committed, final } })));
    expect(unsized(1, 2)).toContain(
      "1 committed task had no estimate, 2 tasks in the final scope had none; they",
    );
    expect(unsized(0, 0)).not.toContain("no estimate");
  });

  it("of a sprint without a task is one sentence", () => {
    const counts = { committed: 0, added: 0, removed: 0, final: 0, completed: 0, frozen: 0 };
    const text = effortSection(reportOf({ counts }));
    expect(flat(text)).toBe(" No task was in this sprint, neither at its start nor at its end.");
  });

  it("fits into any width", () => {
    for (const width of [30, 40, 60, 120])
      for (const one of effortSection(base, { width }).split("\n"))
        expect(one.length, one).toBeLessThanOrEqual(width);
  });
});

describe("a budget in a terminal", () => {
  const budget: NonNullable<Report["budget"]> = {
    currency: "EUR",
    per: "month",
    planned: "100.00",
    billedFor: [],
    plannedForBilled: null,
    billed: null,
    billedInParts: null,
    difference: null,
    behind: [],
    services: [],
    otherCurrencies: [],
    remarks: [],
  };
  const told = (more: Partial<typeof budget>) =>
    budgetSection({ ...base, budget: { ...budget, ...more } }, look);

  it("is nothing where none is set", () => {
    expect(budgetSection(base, look)).toBe("");
  });

  it("has bars as long as its amounts, and none for no bill or for a credit", () => {
    const bars = (text: string) => (text.match(/█+/g) ?? []).map(({ length }) => length);
    expect(bars(told({ billed: "50.00" }))).toEqual([40, 20]);
    expect(bars(told({ billed: "200.00" }))).toEqual([20, 40]);
    expect(bars(told({}))).toEqual([40]);
    expect(bars(told({ billed: "-5.00" }))).toEqual([40]);
  });

  it("keeps a service's name harmless, and its unknown plan a dash", () => {
    const text = told({ services: [{ name: "\u001b[31mMail\nbox", planned: null, billed: "1.00" }] });
    expect(text).toMatch(/\uFFFD\[31mMail box +— +1\.00/);
  });
});

describe("issues at an instant", () => {
  const known = {
    title: "replayed",
    state: "replayed",
    labels: "replayed",
    milestone: "replayed",
    assignees: "replayed",
  } as const;
  const issue = {
    number: 7,
    title: "Ship",
    state: "open" as const,
    stateReason: null,
    labels: ["bug"],
    milestone: null,
    assignees: [],
    pullRequest: false,
    provenance: known,
  };
  const table = (
    issues: Parameters<typeof renderState>[0]["issues"],
    aliases = { labels: [], milestones: [] } as Parameters<typeof renderState>[0]["aliases"],
  ) =>
    [...renderState({ repository: "a/b", at: "2026-03-01T08:00:00.000Z", issues, aliases }, look)].join("");

  it("are counted, with how many are open, and each has a row", () => {
    const text = table([issue, { ...issue, number: 8, state: "closed", stateReason: "completed" }]);
    expect(text).toContain("a/b at 2026-03-01T08:00:00Z: 2 issues, 1 open");
    expect(text).toMatch(/7 +Ship +open +bug/);
    expect(text).toMatch(/8 +Ship +closed/);
    expect(table([issue])).toContain(": 1 issue, 1 open");
  });

  it("show what was reasoned out, what cannot be known, and what was dropped", () => {
    const text = table([
      {
        ...issue,
        state: "closed",
        stateReason: "not_planned",
        provenance: { ...known, title: "inferred", state: "unknown" },
      },
    ]);
    expect(text).toMatch(/Ship ~ +dropped \?/);
    expect(text).not.toContain("closed");
  });

  it("name renames below, and nothing where there was none", () => {
    const rename = { from: "bug", to: "Bug", notBefore: null, notAfter: null };
    expect(table([issue], { labels: [rename], milestones: [] })).toContain("Renamed: bug → Bug");
    expect(table([issue])).not.toContain("Renamed");
  });
});
