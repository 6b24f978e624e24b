import { describe, expect, test } from "vitest";
import {
  assign,
  close,
  label,
  on,
  reopen,
  rules,
  sprintOf,
  timelineOf,
  unassign,
  unlabel,
} from "../../testing/timelines.ts";
import type { IssueTimeline } from "../model/interval.ts";
import { repositoriesOf } from "../model/repositories.ts";
import { compileRules } from "./issue-view.ts";
import { computeKalm } from "./kalm.ts";
import { parseKalm } from "./parse-kalm.ts";

describe("what a review says", () => {
  const review = `
## Done

- Not a promise

## K.A.L.M.

Some words first.

### Follow-up

- [x] Kept one (#7)
- [-] Dropped one
- [ ] ~~Struck one~~
- [ ] Open one
- Unmarked one

### Keep

- Talk *daily* about \`main\`
  - a remark under it
- <!-- say what you keep -->

### Add

- Fixed time, see #12
- Learn C#7 from other/repo#8
- Look at [the issue](https://github.com/a/b/issues/9#comment)
- Look at [another](https://github.com/x/y/issues/9)

### Do less

1. Meetings

### Do more

* Tests

### Remarks

- Not a promise either

## Conclusion

### Keep

- Outside of the section
`;

  test("promises under their headings, answers by their marks", () => {
    const { promises, answers } = parseKalm(review, repositoriesOf(["a/b"]));
    expect(promises).toEqual([
      { kind: "keep", text: "Talk daily about main", issue: null },
      { kind: "add", text: "Fixed time, see #12", issue: 12 },
      { kind: "add", text: "Learn C#7 from other/repo#8", issue: null },
      { kind: "add", text: "Look at the issue", issue: 9 },
      { kind: "add", text: "Look at another", issue: null, link: "https://github.com/x/y/issues/9" },
      { kind: "less", text: "Meetings", issue: null },
      { kind: "more", text: "Tests", issue: null },
    ]);
    expect(answers).toEqual([
      { text: "Kept one (#7)", kept: true },
      { text: "Dropped one", kept: false },
      { text: "Struck one", kept: false },
      { text: "Open one", kept: null },
      { text: "Unmarked one", kept: null },
    ]);
  });

  test("a review without the section promises nothing", () => {
    expect(parseKalm("# Keep\n\n- x\n")).toEqual({ promises: [], answers: [] });
  });
});

const sprints = [sprintOf(1), sprintOf(2), sprintOf(3)];
const boardRules = compileRules(rules, () => false);
const kalm = (text: string) => parseKalm(`## KALM\n\n${text}`);

function answersIn(sprint: number, texts: string[], timelines: IssueTimeline[] = []) {
  const reviews = sprints.map((s, index) => ({ sprint: s, text: kalm(texts[index] ?? "") }));
  const one = sprintOf(sprint);
  return computeKalm({ reviews, timelines }, one, one.end, boardRules).kalm;
}

describe("promises and their answers", () => {
  test("every promise is followed up until a review answers it, with its age in sprints", () => {
    const texts = [
      "### Keep\n- A\n- B\n- C\n### Add\n- D\n",
      "### Follow-up\n- [x] a\n- [-] B.\n- [ ] C\n",
      "### Follow-up\n- [x] C\n- [x] Never promised\n",
    ];
    expect(answersIn(1, texts)).toMatchObject({
      followUp: [],
      keepRate: null,
      add: [{ text: "D", from: 1 }],
    });
    expect(answersIn(2, texts)).toMatchObject({
      followUp: [
        { text: "A", kind: "keep", from: 1, kept: true, age: 1 },
        { text: "B", kept: false, age: 1 },
        { text: "C", kept: null, age: 1 },
        { text: "D", kind: "add", kept: null, age: 1 },
      ],
      keepRate: 0.5,
    });
    expect(answersIn(3, texts)).toMatchObject({
      followUp: [
        { text: "C", kept: true, age: 2 },
        { text: "D", kept: null, age: 2 },
      ],
      keepRate: 1,
    });
  });

  test("a linked issue answers by its state at the end of the sprint asked", () => {
    const texts = [
      "### Add\n- Done late #1\n- Dropped #2\n- Open #3\n- Reopened #4\n- Not there #5\n",
      "### Follow-up\n- [x] Open\n- [x] Not there\n",
    ];
    const issues = [
      timelineOf(1, "01", [close("19")]),
      timelineOf(2, "01", [close("15", "not_planned")]),
      timelineOf(3, "01", []),
      timelineOf(4, "01", [close("14"), reopen("16")]),
    ];
    const kept = (sprint: number) => answersIn(sprint, texts, issues).followUp.map((f) => [f.issue, f.kept]);
    expect(kept(2)).toEqual([
      [1, null],
      [2, false],
      [3, null],
      [4, null],
      [5, true],
    ]);
    expect(kept(3)).toEqual([
      [1, true],
      [3, null],
      [4, null],
    ]);
  });

  test("an issue that is gone gave its last answer before, and gives way to the marks where it was open", () => {
    const texts = [
      "### Add\n- Done #1\n- Dropped #2\n- Open #3\n- Open too #4\n",
      "### Follow-up\n- [-] Done\n- [x] Dropped\n- [x] Open\n- [-] Open too\n",
    ];
    const gone = [{ at: on("15"), found: "deleted" as const }];
    const issues = [
      timelineOf(1, "01", [close("14")], {}, gone),
      timelineOf(2, "01", [close("14", "not_planned")], {}, gone),
      timelineOf(3, "01", [], {}, gone),
      timelineOf(4, "01", [], {}, gone),
    ];
    const kept = answersIn(2, texts, issues).followUp.map((f) => [f.issue, f.kept]);
    expect(kept).toEqual([
      [1, true],
      [2, false],
      [3, true],
      [4, false],
    ]);
  });

  test("labelled issues promise in the sprint that had begun, once, and slips do not count", () => {
    const issues = [
      timelineOf(1, "01", [label("11T15:00", "kalm: less")]),
      timelineOf(2, "01", [
        label("07", "kalm: keep"),
        unlabel("08", "kalm: keep"),
        label("08", "KALM: more"),
      ]),
      timelineOf(3, "01", [label("02", "kalm: keep")]),
      timelineOf(4, "01", [label("07", "kalm: keep")]),
    ];
    const first = answersIn(1, ["### Keep\n- Written down too #4\n"], issues);
    expect(first.keep).toEqual([{ text: "Written down too #4", from: 1, issue: 4 }]);
    expect(first.less).toEqual([{ text: "Task 1", from: 1, issue: 1 }]);
    expect(first.more).toEqual([{ text: "Task 2", from: 1, issue: 2 }]);
  });

  test("a labelled issue's promise is looked after by whom it was assigned to for longest, and points to it", () => {
    const issues = [
      timelineOf(1, "01", [
        label("07", "kalm: add"),
        assign("08", "ben"),
        assign("09", "ana"),
        unassign("10T12:00", "ben"),
        assign("10T13:00", "cy"),
        assign("19", "dan"),
      ]),
      timelineOf(2, "01", [label("07", "kalm: add"), assign("12", "ben")], { title: "@eve: ask early" }),
      timelineOf(3, "01", [label("12", "kalm: add"), assign("11", "ben")]),
    ];
    const reviews = sprints.map((s) => ({ sprint: s, text: kalm("") }));
    const promises = (number: number, links: boolean) => {
      const one = sprintOf(number);
      return computeKalm({ reviews, timelines: issues, links }, one, one.end, boardRules).kalm;
    };
    const owners = promises(1, true).add.map(({ issue, owner, text }) => [issue, owner, text]);
    expect(owners).toEqual([
      [1, "ana", "Task 1"],
      [2, "eve", "@eve: ask early"],
      [3, "ben", "Task 3"],
    ]);
    expect(promises(1, true).add.map(({ link }) => link)).toEqual(issues.map(({ url }) => url));
    expect(promises(1, false).add.filter(({ link }) => link !== undefined)).toEqual([]);
    expect(promises(2, true).followUp.map(({ owner }) => owner)).toEqual(["ana", "eve", "ben"]);
  });

  test("one sentence under two kinds is answered twice, by two marks in the order of the promises", () => {
    const texts = ["### Keep\n- Talk\n### Add\n- Talk\n", "### Follow-up\n- [x] Talk\n- [-] Talk\n"];
    expect(answersIn(2, texts)).toMatchObject({
      followUp: [
        { kind: "keep", kept: true },
        { kind: "add", kept: false },
      ],
      keepRate: 0.5,
    });
    expect(answersIn(2, [texts[0] ?? "", "### Follow-up\n- [x] Talk\n"]).keepRate).toBe(1);
  });

  test("two issues of one title are two promises", () => {
    const named = (number: number) =>
      timelineOf(number, "01", [label("07", "kalm: keep"), ...(number === 1 ? [close("19")] : [])], {
        title: "Talk",
      });
    expect(answersIn(1, [], [named(1), named(2)]).keep.map(({ issue }) => issue)).toEqual([1, 2]);
    expect(answersIn(3, [], [named(1), named(2)]).followUp).toMatchObject([
      { issue: 1, kept: true },
      { issue: 2, kept: null },
    ]);
    expect(answersIn(1, ["### Keep\n- Talk\n"], [named(1), named(2)]).keep).toHaveLength(1);
  });

  test("a sprint that still runs asks its issues now, not at its end", () => {
    const reviews = sprints.map((s, i) => ({ sprint: s, text: kalm(i === 0 ? "### Add\n- A #1\n" : "") }));
    const timelines = [timelineOf(1, "01", [close("16")])];
    const at = (until: number) =>
      computeKalm({ reviews, timelines }, sprintOf(2), until, boardRules).kalm.followUp.map(
        ({ kept }) => kept,
      );
    expect(at(on("15"))).toEqual([null]);
    expect(at(on("17"))).toEqual([true]);
  });
});
