import { describe, expect, it } from "vitest";
import type { Notes, ShippedTask } from "../core/model/notes.ts";
import type { Card, FinishedCard, Report } from "../core/model/report.ts";
import { makeReport } from "../testing/make-report.ts";
import { wordsOf } from "../words/languages.ts";
import { figures } from "./figures/figures.ts";
import { notesBody, notesDocument } from "./notes-document.ts";
import { safeLines, safeText } from "./safe-text.ts";
import { sideLists } from "./side-lists.ts";
import { renderMarkdown } from "./write-markdown.ts";

const base = makeReport({ number: 3, cards: 4 });
const card = (number: number, more: Partial<Card> = {}): Card => ({
  number,
  title: `Task ${number}`,
  url: `https://github.com/a/b/issues/${number}`,
  size: "M",
  days: 0.5,
  labels: [],
  assignees: [],
  ...more,
});
const finished = (number: number, lastSprint: number | null): FinishedCard => ({
  ...card(number),
  finishedAt: "2026-02-10T12:00:00.000Z",
  eventId: 99,
  lastSprint,
});
const at = "2026-02-05T12:00:00.000Z";

describe("lists beside the sum", () => {
  const report: Report = {
    ...base,
    removed: [
      { ...card(1), reason: "moved", at, to: "Sprint 4" },
      { ...card(2), reason: "deleted", at: null, to: null },
      card(3),
    ],
    blocked: [
      {
        ...card(4),
        blockedDays: 1,
        blockedBy: [7, "other/repo#8"],
        spans: [{ from: at, to: at, by: [7], eventId: 5, provenance: "replayed" }],
      },
      { ...card(5), blockedDays: 2.5, blockedBy: [9], spans: [] },
    ],
    finishedOutside: [finished(6, null), finished(7, 2)],
    late: [finished(8, 3)],
    spentElsewhere: [
      { ...card(9), actualDays: 1, reason: "left" },
      { ...card(10), actualDays: 0.25, reason: "never in it" },
      { ...card(11), actualDays: null, reason: "settled" },
    ],
    corrections: [{ ...card(12), correction: -0.5 }],
  };
  const noted = (words?: ReturnType<typeof wordsOf>) =>
    Object.fromEntries(
      sideLists(report, words).map(({ key, rows }) => [
        key,
        rows.map(({ card: { number }, note }) => [number, note]),
      ]),
    );

  it("say of each card why it is there, one day in the singular", () => {
    expect(noted()).toEqual({
      removed: [
        [1, "moved to Sprint 4"],
        [2, "deleted"],
        [3, "left"],
      ],
      blocked: [
        [4, "waited 1 day for #7, other/repo#8"],
        [5, "waited 2.5 days for #9"],
      ],
      finishedOutside: [
        [6, "never in a sprint"],
        [7, "last in sprint 2"],
      ],
      late: [[8, "last in sprint 3"]],
      spentElsewhere: [
        [9, "1 d, left the sprint"],
        [10, "0.25 d, never in the sprint"],
        [11, "— d, done or dropped throughout"],
      ],
      corrections: [[12, "0.5 d less than counted before"]],
    });
  });

  it("say it in the page's language", () => {
    const german = noted(wordsOf("de-AT"));
    expect(german.blocked?.[0]).toEqual([4, "wartete 1 Tag auf #7, other/repo#8"]);
    expect(german.removed?.[0]).toEqual([1, "nach Sprint 4 verschoben"]);
    expect(german.corrections?.[0]).toEqual([12, "0,5 Tg. weniger als zuvor gezählt"]);
  });

  it("are left out where they hold nothing, or a report does not know them", () => {
    const { removed: _, ...rest } = base;
    const lists = sideLists({ ...rest, removed: [], blocked: [], late: [] });
    expect(lists).toEqual([]);
  });

  it("have the instant at which it was so, where there is one", () => {
    const when = new Map(
      sideLists(report).flatMap(({ rows }) => rows.map(({ card: { number }, at: t }) => [number, t])),
    );
    expect([1, 2, 4, 5, 6, 9].map((number) => when.get(number))).toEqual([
      at,
      null,
      at,
      null,
      "2026-02-10T12:00:00.000Z",
      null,
    ]);
  });

  it("are counted as figures, unknown where a frozen report has no such list, never 0", () => {
    expect(figures.late.value(report)).toBe(1);
    expect(figures.finishedOutside.rows(report).map(({ why }) => why)).toEqual([
      "never in a sprint",
      "last in sprint 2",
    ]);
    for (const key of [
      "late",
      "finishedOutside",
      "finishedBefore",
      "blocked",
      "blockedDays",
      "corrections",
    ] as const) {
      const { [key === "blockedDays" ? "blocked" : key]: _, ...old } = { ...report };
      expect(figures[key].value(old as Report), key).toBeNull();
    }
    expect(figures.blockedDays.value(report)).toBe(3.5);
  });

  it("have a row for each span in which a task waited, as long as it was", () => {
    const spans = [
      {
        from: "2026-02-05T00:00:00Z",
        to: "2026-02-06T12:00:00Z",
        by: [7],
        eventId: 5,
        provenance: "replayed" as const,
      },
      {
        from: "2026-02-08T00:00:00Z",
        to: "2026-02-08T06:00:00Z",
        by: [9],
        eventId: null,
        provenance: "inferred" as const,
      },
    ];
    const rows = figures.blockedDays.rows({ ...report, blocked: [{ ...card(4), blockedDays: 1.75, spans }] });
    expect(rows.map(({ days, why, provenance }) => [days, why, provenance])).toEqual([
      [1.5, "waited for #7", "replayed"],
      [0.25, "waited for #9", "inferred"],
    ]);
  });

  it("name the newest event that took a card away, of the same repository alone", () => {
    const left = (number: number, eventId: number, ref?: string) => ({
      number,
      ...(ref === undefined ? {} : { ref }),
      title: "",
      what: "left the sprint",
      kind: "left" as const,
      at: `2026-02-0${eventId}T00:00:00.000Z`,
      actor: "ann",
      eventId,
    });
    const moved = {
      ...report,
      movedOn: [{ ...card(1, { ref: "web#1" }), depth: 0 }],
      changes: [left(1, 3, "web#1"), left(1, 4, "web#1"), left(1, 5, "api#1")],
    } as Report;
    expect(figures.movedOn.rows(moved)).toMatchObject([{ eventId: 4, at: "2026-02-04T00:00:00.000Z" }]);
  });
});

describe("notes of what was shipped", () => {
  const task = (number: number, more: Partial<ShippedTask> = {}): ShippedTask =>
    ({
      number,
      title: `Task ${number}`,
      url: `https://github.com/a/b/issues/${number}`,
      pulls: [],
      contributors: [],
      ...more,
    }) as ShippedTask;
  const notes = (more: Partial<Notes> = {}): Notes => ({
    schema: "sprintcast/notes@1",
    repository: "a/b",
    sprint: { number: 3, title: "Sprint 3", goal: "Ship", firstDay: "2026-02-02", lastDay: "2026-02-13" },
    running: false,
    groupedBy: "label",
    groups: [{ title: "Bugs", tasks: [task(1)] }],
    contributors: [],
    ...more,
  });
  const markdown = (more: Partial<Notes> = {}) => renderMarkdown(notesDocument(notes(more)));

  it("write to nobody and link nothing by themselves, whatever a title says", () => {
    const title = "Ask @ana about www.evil.example and https://evil.example";
    const text = markdown({
      groups: [{ title: "Bugs", tasks: [task(1, { title })] }],
      sprint: { ...notes().sprint, title: "For @ben", goal: "See https://x.example" },
    });
    const shown = text.replace(/\]\([^)]*\)/g, "");
    expect(shown).not.toMatch(/@(?:ana|ben)|https:\/\/|www\./);
    // They still read the same.
    expect(shown.replaceAll("\u200D", "").replaceAll("\\", "")).toContain("Ask @ana about www.evil.example");
  });

  it("do name those who took part, in the line of their task and at the end", () => {
    const pulls = [{ name: "#9", url: "https://github.com/a/b/pull/9", author: "ana" }];
    const text = markdown({
      groups: [{ title: "Bugs", tasks: [task(1, { pulls, contributors: ["ana", "ben"] })] }],
      contributors: ["ana", "ben"],
    });
    expect(text).toContain(
      "- Task 1 ([#1](https://github.com/a/b/issues/1), [#9](https://github.com/a/b/pull/9)) by @ana, @ben",
    );
    expect(text).toMatch(/## Contributors\n\n@ana, @ben/);
  });

  it("say of a sprint that runs that it is not over, and of an empty one that nothing was finished", () => {
    expect(markdown({ running: true })).toMatch(/2026, so far\.$/m);
    expect(markdown()).not.toContain("so far");
    const empty = markdown({ groups: [], contributors: ["ana"] });
    expect(empty).toContain("Nothing was finished.");
    expect(empty).not.toContain("Contributors");
  });

  it("begin at the depth that the text around them has", () => {
    const headings = (depth: 2 | 3) =>
      notesBody(notes({ contributors: ["ana"] }), depth).flatMap((node) =>
        node.type === "heading" ? node.depth : [],
      );
    expect(headings(2)).toEqual([2, 2]);
    expect(headings(3)).toEqual([3, 3]);
  });
});

describe("text from outside, made safe", () => {
  it.each([
    ["plain text", "plain text"],
    ["two\nlines\r\n and\ttabs", "two lines and tabs"],
    ["\u001b[31mred\u001b[0m", "\uFFFD[31mred\uFFFD[0m"],
    ["left\u202Eright", "left\uFFFDright"],
    ["zero\u200Bwidth\uFEFF", "zero\uFFFDwidth\uFFFD"],
    ["tag\u{E0041}", "tag\uFFFD"],
    ["half \ud83d", "half \uFFFD"],
    ["👩‍👩‍👧 é ü 日本", "👩‍👩‍👧 é ü 日本"],
    ["para\u2029graph\u0085next", "para graph next"],
  ])("%j is shown as %j", (text, shown) => {
    expect(safeText(text)).toBe(shown);
    expect(safeText(shown)).toBe(shown);
  });

  it("of several lines keeps its line feeds alone", () => {
    expect(safeLines("a\r\nb\rc\n\td\u0007")).toBe("a\nb\nc\n  d\uFFFD");
  });
});
