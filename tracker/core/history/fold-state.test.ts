import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { close, convert, type EventSpec, on, reopen, toldIssue } from "../../testing/timelines.ts";
import type { Interval } from "../model/interval.ts";
import type { IssueObservation } from "../model/issue.ts";
import type { Draft } from "./fold-sets.ts";
import { foldState } from "./fold-state.ts";
import { inOrder } from "./timeline.ts";

/** The story folded against what GitHub shows as of `by`: by default what the story ends with. */
function fold(told: EventSpec[], shown: Partial<IssueObservation> = {}, by = on("31")) {
  const { observation, events } = toldIssue(1, "01", told, shown);
  const draft: Draft = { intervals: [], doubts: [] };
  foldState({ events: inOrder(events), observation, by, latest: by, createdAt: on("01") }, draft);
  const at = (attribute: Interval["attribute"], t: string | number): Interval | undefined => {
    const instant = typeof t === "number" ? t : on(t);
    const found = draft.intervals.filter(
      (i) => i.attribute === attribute && i.from <= instant && instant < i.to,
    );
    expect(found.length).toBeLessThan(2);
    return found[0];
  };
  const said = (t: string) => [at("state", t)?.value, at("stateReason", t)?.value];
  return { ...draft, at, said };
}

const merge = (at: string | number): EventSpec => ({ at, kind: "merged" });

describe("open and closed", () => {
  it("follow the events at every instant, whatever came at once", () => {
    const hour = fc.integer({ min: 0, max: 20 }).map((n) => on("02") + n * 3_600_000);
    const step = fc.tuple(hour, fc.constantFrom(close, reopen, convert)).map(([at, make]) => make(at));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (told) => {
        const { at } = fold(told);
        for (let t = on("01"); t < on("04"); t += 1_800_000) {
          // The order in which equal instants are told is that of their ids.
          const last = inOrder(toldIssue(1, "01", told).events).findLast((event) => event.at <= t);
          expect(at("state", t)?.value).toBe(
            last === undefined || last.kind === "reopened" ? "open" : "closed",
          );
        }
      }),
      { seed: 5, numRuns: 100 },
    );
  });

  it("begin with the issue, though an import wrote events before it", () => {
    const { at, intervals } = fold([{ ...close("02"), at: on("01") - 5_000 }]);
    expect(at("state", "01")?.value).toBe("closed");
    expect(Math.min(...intervals.map(({ from }) => from))).toBe(on("01"));
  });
});

describe("events that cannot follow each other", () => {
  const gaps = (...told: EventSpec[]) => fold(told).doubts.map(({ from, to }) => [from, to]);

  it("leave the time between them in doubt: what is open is not reopened, nor what is closed closed alike", () => {
    expect(gaps(reopen("03"))).toEqual([[on("01") + 1, on("03")]]);
    expect(gaps(close("02"), reopen("03"), reopen("06"))).toEqual([[on("03") + 1, on("06")]]);
    expect(gaps(close("02"), close("06"))).toEqual([[on("02") + 1, on("06")]]);
    expect(gaps(close("02", "not_planned"), close("06", "not_planned"))).toHaveLength(1);
  });

  it("are none where it is closed for another reason, converted, or all within a second", () => {
    expect(gaps(close("02"), reopen("03"), close("04"), close("06", "not_planned"), reopen("07"))).toEqual(
      [],
    );
    expect(gaps(close("02"), convert("03"), reopen("04"), convert("05"))).toEqual([]);
    expect(gaps(close("02"), close("02"), reopen("03"), reopen("03"))).toEqual([]);
  });
});

describe("a closing that no event tells", () => {
  const shown = { state: "closed", stateReason: "not_planned", closedAt: on("05") } as const;

  it("is where the issue says it was, with its reason", () => {
    const { said, at, doubts } = fold([], shown, on("10"));
    expect([said("04"), said("05"), said("20")]).toEqual([
      ["open", undefined],
      ["closed", "not_planned"],
      ["closed", "not_planned"],
    ]);
    expect([at("state", "05")?.provenance, at("state", "05")?.startEvent, doubts]).toEqual([
      "observed",
      null,
      [],
    ]);
  });

  it("ends with a reopening that came after the look, and so does its reason", () => {
    const { said, at } = fold([reopen("12")], shown, on("10"));
    expect([said("11"), said("12")]).toEqual([
      ["closed", "not_planned"],
      ["open", "reopened"],
    ]);
    expect(at("state", "11")?.endEvent).toBe(1000);
  });

  it("takes nothing from a closing after the look", () => {
    const { said } = fold([reopen("12"), close("14", "duplicate")], shown, on("10"));
    expect(said("11")).toEqual(["closed", "not_planned"]);
    expect(said("13")).toEqual(["open", "reopened"]);
    expect(said("15")).toEqual(["closed", "duplicate"]);
  });

  it("is not believed where the issue dates it before what the events end with", () => {
    const { said, doubts } = fold([close("03"), reopen("06")], shown, on("10"));
    expect([said("07"), said("10")]).toEqual([
      ["open", "reopened"],
      ["closed", "not_planned"],
    ]);
    expect(doubts).toMatchObject([
      { attribute: "state", from: on("06") + 1, to: on("10"), provenance: "unknown" },
    ]);
  });
});

describe("an opening that no event tells", () => {
  const shown = { state: "open", stateReason: "reopened", closedAt: null } as const;

  it("leaves the closing its own reason", () => {
    for (const reason of [undefined, "not_planned"]) {
      const closing: EventSpec = { at: "05", kind: "closed", ...(reason && { stateReason: reason }) };
      const { said, doubts } = fold([closing], shown, on("10"));
      expect([said("06"), said("10")]).toEqual([
        ["closed", reason ?? "completed"],
        ["open", "reopened"],
      ]);
      expect(doubts.map(({ attribute }) => attribute)).toContain("state");
    }
  });
});

describe("the reason", () => {
  it("is guessed where neither the event nor the issue says one, and seen where the issue does", () => {
    const bare: EventSpec = { at: "05", kind: "closed" };
    const guessed = fold([bare, reopen("06"), { ...bare, at: "07" }], { stateReason: "completed" });
    expect(guessed.at("stateReason", "05")).toMatchObject({ value: "completed", provenance: "inferred" });
    expect(guessed.at("stateReason", "07")).toMatchObject({ value: "completed", provenance: "observed" });
    const seen = fold([bare], { stateReason: "not_planned" });
    expect(seen.at("stateReason", "05")).toMatchObject({ value: "not_planned", provenance: "observed" });
  });

  it("that differs from what the event told was changed at some time up to the look", () => {
    const { said, doubts } = fold([close("05")], { stateReason: "not_planned" }, on("10"));
    expect([said("09"), said("10")]).toEqual([
      ["closed", "completed"],
      ["closed", "not_planned"],
    ]);
    expect(doubts).toMatchObject([
      { attribute: "stateReason", from: on("05") + 1, to: on("10"), provenance: "unknown" },
    ]);
  });

  it("is none of a pull request's", () => {
    const { intervals } = fold([close("05", "not_planned")], { pullRequest: true });
    expect(intervals.filter(({ attribute }) => attribute === "stateReason")).toEqual([]);
  });
});

describe("a merge", () => {
  it("is of the instant of its closing, in whichever order the two are written", () => {
    for (const told of [
      [merge("05T10:00"), close("05T10:00")],
      [close("05T10:00"), merge("05T10:01")],
    ]) {
      const { at } = fold(told, { pullRequest: true });
      expect([at("merged", on("05T10:00") - 1), at("merged", "05T10:00")?.from]).toEqual([
        undefined,
        on("05T10:00"),
      ]);
    }
  });

  it("is none of an issue's", () => {
    const { intervals } = fold([merge("05")]);
    expect(intervals.filter(({ attribute }) => attribute === "merged")).toEqual([]);
  });
});

it("a conversion to a discussion lasts until a reopening, and a plain closing is none", () => {
  const { at } = fold([close("03"), reopen("04"), convert("05"), reopen("07"), close("09")]);
  expect(["03", "06", "07", "10"].map((t) => at("discussion", t)?.value)).toEqual([
    undefined,
    "discussion",
    undefined,
    undefined,
  ]);
});
