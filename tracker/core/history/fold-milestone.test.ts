import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EventSpec, enter, leave, on, toldIssue } from "../../testing/timelines.ts";
import type { IssueObservation } from "../model/issue.ts";
import { foldMilestone } from "./fold-milestone.ts";
import type { Draft } from "./fold-sets.ts";
import { type Meaning, type NameResolver, nameResolver, noNames } from "./names/resolver.ts";
import { inOrder } from "./timeline.ts";

const plain = nameResolver(noNames);
const numbered = (name: string) => /^Sprint (\d+)$/.exec(name)?.[1] ?? `title:${name}`;

/** A resolver that takes "Sprint N" for milestone N; `more` is what else it knows of a title. */
const resolverOf = (more: (name: string) => Partial<Meaning> = () => ({})): NameResolver => ({
  ...plain,
  resolve: (kind, name, at) => ({ ...plain.resolve(kind, name, at), key: numbered(name), ...more(name) }),
});

/** The story folded against what GitHub shows as of `by`: by default what the story ends with. */
function fold(
  told: EventSpec[],
  shown: Partial<IssueObservation> = {},
  { by = "31", latest = "31", resolver = resolverOf() } = {},
) {
  const { observation, events } = toldIssue(1, "01", told, shown);
  const draft: Draft = { intervals: [], doubts: [] };
  foldMilestone(
    { events: inOrder(events), observation, by: on(by), latest: on(latest), createdAt: on("01"), resolver },
    draft,
  );
  const day = (t: number) => (t > on("31") ? "…" : new Date(t).toISOString().slice(8, 10));
  return {
    ...draft,
    spans: draft.intervals.map((i) => `${i.value}: ${day(i.from)}–${day(i.to)} ${i.provenance}`),
    gaps: draft.doubts.map((d) => `${d.about?.value}? ${day(d.from)}–${day(d.to)} ${d.provenance}`),
  };
}

const on1 = { milestone: { number: 1, title: "Sprint 1" } };
const none = { milestone: null };

describe("what the events tell", () => {
  it("is followed at every instant, in whatever order one second's events were written", () => {
    const hour = fc.integer({ min: 1, max: 12 });
    const move = fc.tuple(hour, fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }), fc.boolean());
    fc.assert(
      fc.property(fc.array(move, { maxLength: 8 }), (moves) => {
        let now: number | null = null;
        let at = on("02");
        const truth: { at: number; sprint: number | null }[] = [];
        const told: EventSpec[] = [];
        for (const [hours, sprint, isSwapped] of moves) {
          if (sprint === now) continue;
          at += hours * 3_600_000;
          const off = now === null ? [] : [leave(at, now)];
          const put = sprint === null ? [] : [enter(at, sprint)];
          told.push(...(isSwapped ? [...put, ...off] : [...off, ...put]));
          truth.push({ at, sprint });
          now = sprint;
        }
        // In what GitHub shows, too, the milestone that it was put on last is the one.
        const milestone = now === null ? null : { number: now, title: `Sprint ${now}` };
        const { intervals, gaps } = fold(told, { milestone });
        expect(gaps).toEqual([]);
        for (let t = on("01"); t < on("07"); t += 1_800_000) {
          const found = intervals.filter(({ from, to }) => from <= t && t < to);
          const expected = truth.findLast((step) => step.at <= t)?.sprint ?? null;
          expect(found.map(({ key, provenance }) => [key, provenance])).toEqual(
            expected === null ? [] : [[String(expected), "replayed"]],
          );
        }
      }),
      { numRuns: 200 },
    );
  });

  it("is a move where the old milestone's event is dated a second after the new one's", () => {
    const on2 = { milestone: { number: 2, title: "Sprint 2" } };
    expect(fold([enter("03", 1), enter("09", 2), leave(on("09") + 1000, 1)], on2)).toMatchObject({
      spans: ["Sprint 1: 03–09 replayed", "Sprint 2: 09–… replayed"],
      gaps: [],
    });
  });

  it("names the events and people at both ends", () => {
    const { intervals } = fold([enter("03"), { ...leave("05"), actor: null }]);
    expect(intervals).toMatchObject([
      { startEvent: 1000, endEvent: 1001, startActor: "ann", endActor: null },
    ]);
  });

  it("puts it off whatever title is named, in doubt whether it was on that one", () => {
    expect(fold([enter("03", 1), leave("09", 2)])).toMatchObject({
      spans: ["Sprint 1: 03–09 replayed"],
      gaps: ["Sprint 2? 03–09 inferred"],
    });
  });

  it("begins with the issue, though an import wrote it down before", () => {
    const early = { ...enter("02"), at: on("01") - 5_000 };
    expect(fold([early], on1)).toMatchObject({ spans: ["Sprint 1: 01–… replayed"], gaps: [] });
  });
});

describe("an event that is missing", () => {
  it("of being put on, before all others, was that of its creation", () => {
    expect(fold([leave("05")])).toMatchObject({ spans: ["Sprint 1: 01–05 inferred"], gaps: [] });
  });

  it("of being put on once more leaves in doubt what came since it was put off", () => {
    expect(fold([enter("03"), leave("05"), leave("09", 2)])).toMatchObject({
      spans: ["Sprint 1: 03–05 replayed"],
      gaps: ["Sprint 2? 05–09 unknown"],
    });
  });

  it("of being put off leaves in doubt how long it was on the one before", () => {
    expect(fold([enter("03", 1), enter("09", 2)])).toMatchObject({
      spans: ["Sprint 1: 03–09 replayed", "Sprint 2: 09–… replayed"],
      gaps: ["Sprint 1? 03–09 inferred"],
    });
    expect(fold([enter("03"), enter("09")])).toMatchObject({
      spans: ["Sprint 1: 03–… replayed"],
      gaps: ["Sprint 1? 03–09 inferred"],
    });
  });
});

describe("what GitHub shows and no event gives", () => {
  it("was so since the creation, where no event ever named a milestone", () => {
    expect(fold([], on1)).toMatchObject({ spans: ["Sprint 1: 01–… inferred"], gaps: [] });
  });

  it("holds from when it was shown, and leaves the time since the last event in doubt", () => {
    const shown = { milestone: { number: 2, title: "Sprint 2" } };
    expect(fold([enter("03"), leave("05")], shown, { by: "20" })).toMatchObject({
      spans: ["Sprint 1: 03–05 replayed", "Sprint 2: 20–… observed"],
      gaps: ["Sprint 2? 05–20 unknown"],
    });
    expect(fold([enter("03")], none, { by: "20", latest: "25" })).toMatchObject({
      spans: ["Sprint 1: 03–25 replayed"],
      gaps: ["Sprint 1? 03–25 unknown"],
    });
  });

  it("says nothing of what events tell after it was fetched", () => {
    expect(fold([enter("03"), leave("22"), enter("25", 2)], on1, { by: "20" })).toMatchObject({
      spans: ["Sprint 1: 03–22 replayed", "Sprint 2: 25–… replayed"],
      gaps: [],
    });
  });
});

describe("a milestone that was deleted", () => {
  const deleted = (more: Partial<Meaning>) =>
    resolverOf((name) => (name === "Sprint 1" ? { gone: true, thereUntil: on("04"), ...more } : {}));

  it("ends when a delivery told so, without a doubt", () => {
    const resolver = deleted({ deletedAt: on("09") });
    expect(fold([enter("03")], none, { resolver })).toMatchObject({
      spans: ["Sprint 1: 03–09 replayed"],
      gaps: [],
    });
  });

  it("ends by when another bore its title, in doubt since it was last seen", () => {
    const resolver = deleted({ goneBy: on("12") });
    expect(fold([enter("03")], none, { resolver })).toMatchObject({
      spans: ["Sprint 1: 03–12 replayed"],
      gaps: ["Sprint 1? 04–12 inferred"],
    });
  });

  it("ends no later than GitHub shows the issue without it, or than it is put on another", () => {
    expect(fold([enter("03")], none, { resolver: deleted({}) })).toMatchObject({
      spans: ["Sprint 1: 03–31 replayed"],
      gaps: ["Sprint 1? 03–31 inferred"],
    });
    expect(fold([enter("03"), enter("15", 2)], {}, { resolver: deleted({}) })).toMatchObject({
      spans: ["Sprint 1: 03–15 replayed", "Sprint 2: 15–… replayed"],
      gaps: ["Sprint 1? 03–15 inferred"],
    });
  });

  it("ends what was shown long ago where a listing has it no more", () => {
    const resolver = { ...resolverOf(), goneBy: () => ({ at: on("25"), surely: on("28") }) };
    expect(fold([enter("03")], on1, { by: "20", resolver })).toMatchObject({
      spans: ["Sprint 1: 03–25 replayed"],
      gaps: ["Sprint 1? 20–28 inferred"],
    });
  });
});
