import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyReviews, promiseReports } from "../../testing/any-promises.ts";
import { sprintOf } from "../../testing/timelines.ts";
import type { Report } from "../model/report.ts";
import { repositoriesOf } from "../model/repositories.ts";
import { freezeReport, restatementFor, rewordedFrom } from "./freeze.ts";
import { kalmFromReports } from "./kalm.ts";
import type { PromiseInput, SprintReview } from "./promise-issues.ts";

const at = "2026-04-01T12:00:00Z";
const wordsOf = (reviews: readonly SprintReview[]) =>
  reviews.map(({ sprint, text }) => ({ sprint: sprint.number, text }));
const kalmIn = (reports: readonly Report[]) =>
  new Map(reports.map((report) => [report.sprint.number, report.kalm]));
const only = repositoriesOf(["team/product"]);
const silent = (input: PromiseInput): PromiseInput => ({
  ...input,
  reviews: input.reviews.map(({ sprint }) => ({ sprint, text: { promises: [], answers: [] } })),
});

describe("promises from frozen reports and the reviews of today", () => {
  test("are what history and the same reviews give", () => {
    fc.assert(
      fc.property(anyReviews, (input) => {
        const reports = promiseReports(input);
        expect(kalmFromReports(wordsOf(input.reviews), reports, only)).toEqual(kalmIn(reports));
      }),
    );
  });

  test("do not depend on whether a review was written before the freeze or after it", () => {
    fc.assert(
      fc.property(anyReviews, (input) => {
        const fresh = promiseReports(input);
        const early = promiseReports(silent(input)).map((report) => freezeReport(report, at));
        const frozenAgain = early.map((report, index) => {
          const now = fresh[index] ?? report;
          expect(restatementFor(report, now, at)).toBeNull();
          return rewordedFrom(report, now) ?? report;
        });
        expect(frozenAgain).toEqual(fresh.map((report) => freezeReport(report, at)));
      }),
    );
  });

  test("need no second freeze where no issue is linked after the first", () => {
    const unlinked = anyReviews.map(({ reviews, timelines }) => ({
      timelines,
      reviews: reviews.map(({ sprint, text }) => ({
        sprint,
        text: { ...text, promises: text.promises.map((promise) => ({ ...promise, issue: null })) },
      })),
    }));
    fc.assert(
      fc.property(unlinked, (input) => {
        const early = promiseReports(silent(input));
        expect(kalmFromReports(wordsOf(input.reviews), early, only)).toEqual(kalmIn(promiseReports(input)));
      }),
    );
  });

  test("of reports from before issues were kept aside rest on what those say themselves", () => {
    const promise = { text: "Ask early (#1)", from: 1, issue: 1 };
    const old = {
      ...promiseReports({
        reviews: [{ sprint: sprintOf(1), text: { promises: [], answers: [] } }],
        timelines: [],
      })[0],
    } as Report;
    const none = { keep: [], add: [], less: [], more: [], followUp: [], keepRate: null };
    const reports: Report[] = [
      { ...old, kalm: { ...none, add: [promise, { text: "By label", from: 1, issue: 2 }] } },
      {
        ...old,
        sprint: { ...old.sprint, number: 2 },
        kalm: { ...none, followUp: [{ ...promise, kind: "add" as const, kept: true, age: 1 }] },
      },
    ].map(({ promiseIssues, ...report }: Report) => report);
    const written = { kind: "add" as const, text: "Ask early (#1)", issue: 1 };
    const kalm = kalmFromReports(
      [
        { sprint: 1, text: { promises: [written], answers: [] } },
        { sprint: 2, text: { promises: [], answers: [] } },
      ],
      reports,
      only,
    );
    expect(kalm.get(1)?.add.map(({ text }) => text)).toEqual(["Ask early (#1)", "By label"]);
    expect(kalm.get(2)?.followUp.map(({ issue, kept }) => [issue, kept])).toEqual([
      [1, true],
      [2, null],
    ]);
  });
});
