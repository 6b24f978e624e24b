import { describe, expect, it } from "vitest";
import { reportOn, reportsOn, sized } from "../../testing/report-on.ts";
import { close, enter, label, on, reopen, rules, timelineOf, unlabel } from "../../testing/timelines.ts";
import type { Doubt, IssueTimeline } from "../model/interval.ts";
import { best } from "../model/provenance.ts";
import type { Report } from "../model/report.ts";

const keys = ["debtOpened", "debtPaid", "debtDropped", "debtNet", "debtOpen", "daysOwed"] as const;
const debtLabel = { key: "technical debt", value: "technical debt" };

const gap = (attribute: Doubt["attribute"], from: string, to: string, about?: Doubt["about"]): Doubt => ({
  attribute,
  from: on(from),
  to: on(to),
  provenance: "unknown",
  why: "a test says so",
  ...(about === undefined ? {} : { about }),
});
const gapped = (timeline: IssueTimeline, ...doubts: Doubt[]): IssueTimeline => ({ ...timeline, doubts });
/** The same with what this attribute says reasoned out, not told by an event. */
const inferred = (timeline: IssueTimeline, attribute: Doubt["attribute"], value?: string): IssueTimeline => ({
  ...timeline,
  intervals: timeline.intervals.map((i) =>
    i.attribute === attribute && (value === undefined || i.value === value)
      ? { ...i, provenance: "inferred" }
      : i,
  ),
});

/** Of sprint 1, 6 to 10 May: the figures of debt that are not replayed. */
const doubtsOf = ({ provenance }: Report): string[] =>
  keys.filter((key) => provenance[key] !== "replayed").map((key) => `${key} ${provenance[key]}`);
const found = (...timelines: IssueTimeline[]) => doubtsOf(reportOn(timelines));
const all = (known: string) => keys.map((key) => `${key} ${known}`);
const moves = (known: string) =>
  ["debtOpened", "debtPaid", "debtDropped", "debtNet"].map((key) => `${key} ${known}`);
const standing = (known: string) => ["debtOpen", "daysOwed"].map((key) => `${key} ${known}`);

const owed = (...more: Parameters<typeof timelineOf>[2]) =>
  sized(1, "M", label("02", "technical debt"), ...more);

it("a ledger that events tell in full is replayed, and says so of each of its figures", () => {
  const reports = reportsOn([owed(close("08")), sized(2, "L", label("07", "technical debt"))]);
  for (const { provenance } of reports)
    expect(keys.map((key) => provenance[key])).toEqual(keys.map(() => "replayed"));
});

describe("a gap in what an issue was marked as", () => {
  it("over the whole sprint leaves nothing of the ledger sure", () => {
    expect(found(gapped(sized(1, "M"), gap("label", "02", "20", debtLabel)))).toEqual(all("unknown"));
  });

  it("of whatever label counts where labels mark debt, and of a label that freezes what is owed", () => {
    const unlabelled = gapped(sized(1, "M"), gap("label", "02", "20"));
    expect(found(unlabelled)).toEqual(all("unknown"));
    const noLabels = { ...rules, labels: { ...rules.labels, debt: [] } };
    expect(doubtsOf(reportOn([unlabelled], { rules: noLabels }))).toEqual([]);
    expect(found(gapped(owed(), gap("label", "02", "20")))).toEqual(all("unknown"));
  });

  it("that ends in the sprint leaves what moved in it in doubt, but not what is open at its end", () => {
    expect(found(gapped(sized(1, "M"), gap("label", "02", "08", debtLabel)))).toEqual(moves("unknown"));
  });

  it.each([
    ["before the sprint", gap("label", "02", "06", debtLabel)],
    ["after it", gap("label", "11", "20", debtLabel)],
    ["of another label", gap("label", "02", "20", { key: "bug", value: "bug" })],
    ["of a milestone", gap("milestone", "02", "20", { key: "1", value: "Sprint 1" })],
    ["of types, where no type is debt", gap("type", "02", "20")],
  ])("%s takes nothing from it", (_, doubt) => {
    expect(found(gapped(sized(1, "M"), doubt))).toEqual([]);
  });

  it("of types counts where a type is debt", () => {
    const report = reportOn([gapped(sized(1, "M"), gap("type", "02", "20"))], {
      rules: { ...rules, types: { debt: ["Chore"] } },
    });
    expect(doubtsOf(report)).toEqual(all("unknown"));
  });

  it("takes nothing where the issue surely was closed all along, whatever its mark", () => {
    expect(found(gapped(sized(1, "M", close("03")), gap("label", "04", "20", debtLabel)))).toEqual([]);
  });

  it("takes nothing where another label surely makes it a debt", () => {
    const two = { ...rules, labels: { ...rules.labels, debt: ["technical debt", "rot"] } };
    const marked = sized(1, "M", label("02", "technical debt"), label("02", "rot"));
    const doubted = inferred(marked, "label", "rot");
    expect(doubtsOf(reportOn([doubted], { rules: two }))).toEqual([]);
    expect(doubtsOf(reportOn([inferred(doubted, "label", "technical debt")], { rules: two }))).toEqual(
      standing("inferred"),
    );
  });
});

describe("a gap in the state of an issue", () => {
  it("counts where the issue is a debt", () => {
    expect(found(gapped(owed(), gap("state", "07", "20")))).toEqual(all("unknown"));
  });

  it("counts for nothing where it is none", () => {
    expect(found(gapped(sized(1, "M", enter("06")), gap("state", "07", "20")))).toEqual([]);
  });
});

describe("what was reasoned out", () => {
  it("of a mark that lay there all along is doubtful as what is open, not as what moved", () => {
    expect(found(inferred(owed(), "label", "technical debt"))).toEqual(standing("inferred"));
  });

  it("of a mark that came in the sprint makes the opened doubtful", () => {
    const marked = inferred(sized(1, "M", label("08", "technical debt")), "label", "technical debt");
    expect(found(marked)).toEqual(["debtOpened inferred", "debtNet inferred", ...standing("inferred")]);
  });

  it("of a closing makes both ways in which a debt ends doubtful, and its being open too", () => {
    const closed = inferred(owed(close("08")), "state", "closed");
    expect(found(closed)).toEqual([
      "debtPaid inferred",
      "debtDropped inferred",
      "debtNet inferred",
      ...standing("inferred"),
    ]);
  });

  it("of the reason of a closing makes paid and dropped doubtful, since it tells the one from the other", () => {
    const closed = inferred(owed(close("08", "not_planned")), "stateReason", "not_planned");
    expect(found(closed)).toEqual(["debtPaid inferred", "debtDropped inferred", "debtNet inferred"]);
  });

  it("of a size makes the sum doubtful alone, and of a size of no debt nothing", () => {
    expect(found(inferred(owed(), "label", "size: M"))).toEqual(["daysOwed inferred"]);
    expect(found(inferred(sized(1, "M", enter("06")), "label", "size: M"))).toEqual([]);
  });
});

describe("an entry says itself how it is known", () => {
  const cards = (timeline: IssueTimeline) => {
    const { opened, paid, dropped = [], openCards } = reportOn([timeline]).debt;
    return { opened, paid, dropped, openCards };
  };
  const known = (list: readonly { provenance?: string }[]) => list.map(({ provenance }) => provenance);

  it("open, by its mark and its size", () => {
    expect(known(cards(owed()).openCards)).toEqual([undefined]);
    expect(known(cards(inferred(owed(), "label", "technical debt")).openCards)).toEqual(["inferred"]);
    expect(known(cards(inferred(owed(), "label", "size: M")).openCards)).toEqual(["inferred"]);
  });

  it("paid or dropped, by its end", () => {
    expect(known(cards(owed(close("08"))).paid)).toEqual([undefined]);
    expect(known(cards(inferred(owed(close("08")), "state", "closed")).paid)).toEqual(["inferred"]);
    expect(known(cards(owed(unlabel("08", "technical debt"))).dropped)).toEqual([undefined]);
  });

  it("and not by the sprint that it is in, which is no matter of debt", () => {
    const doubtful = gapped(owed(enter("06")), gap("milestone", "05", "20", { key: "1", value: "Sprint 1" }));
    expect(known(cards(doubtful).openCards)).toEqual([undefined]);
  });

  it("reopened, by the reopening", () => {
    const again = owed(close("03"), reopen("08"));
    expect(known(cards(again).opened)).toEqual([undefined]);
    expect(known(cards(gapped(again, gap("state", "07", "08"))).opened)).toEqual(["unknown"]);
  });
});

it("pull requests where issues count, and what is created later, leave the ledger alone", () => {
  const pull = { ...gapped(owed(), gap("state", "07", "20")), pullRequest: true };
  const later = gapped(timelineOf(2, "12", [label("12", "technical debt")]), gap("state", "12", "20"));
  expect(found(pull, later)).toEqual([]);
});

it("the best of several is the most certain, and of none unknown", () => {
  expect(best(["inferred", "observed", "unknown"])).toBe("observed");
  expect(best(["unknown", "replayed"])).toBe("replayed");
  expect(best([])).toBe("unknown");
});
