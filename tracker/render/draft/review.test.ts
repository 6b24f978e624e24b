import { toString as textOf } from "mdast-util-to-string";
import { remark } from "remark";
import remarkGfm from "remark-gfm";
import { describe, expect, it } from "vitest";
import type { KalmAnswer } from "../../core/model/kalm.ts";
import type { Report } from "../../core/model/report.ts";
import { card, promise } from "../../testing/drafted-report.ts";
import { makeReport } from "../../testing/make-report.ts";
import { draftReview } from "./review.ts";

/** A sprint about which nothing is to be asked. */
const base = makeReport({ number: 4, cards: 6 });
const quiet: Report = {
  ...base,
  effort: { ...base.effort, committed: 3, completed: 2.5 },
  unexpected: [],
  freezebox: [],
  carriedOver: [],
  done: [],
  debt: { ...base.debt, opened: [], openCards: [] },
  kalm: { ...base.kalm, followUp: [] },
};

const review = (more: Partial<Report> = {}): string => draftReview({ ...quiet, ...more }, "2026-03-01");

const block = (text: string, name: string): string[] =>
  new RegExp(`^<!-- sprintcast:${name} [0-9a-f]+ -->\n([^]*?)^<!-- /sprintcast:${name} -->$`, "m")
    .exec(text)?.[1]
    ?.split("\n")
    .filter((line) => line !== "") ?? [];

const effort = (committed: number, completed: number): Partial<Report> => ({
  effort: { ...quiet.effort, committed, completed },
});

const cards = (count: number) =>
  Array.from({ length: count }, (_, index) => card(index + 1, `Task ${index + 1}`));

const sprint = (more: Partial<Report["sprint"]>): Partial<Report> => ({
  sprint: { ...quiet.sprint, ...more },
});

describe("the recap of a draft", () => {
  it("has the goal and what was committed and completed, one day as one", () => {
    expect(block(review(), "goal")).toEqual([
      "The goal: Readings of floor 4 arrive within a second",
      "Committed were 3 days, completed 2.5.",
    ]);
    expect(block(review(effort(1, 1)), "goal")[1]).toBe("Committed was 1 day, completed 1.");
    expect(block(review(effort(0.5, 0)), "goal")[1]).toBe("Committed were 0.5 days, completed 0.");
  });

  it("counts points where sizes count them", () => {
    expect(block(review({ unit: "points", ...effort(5, 3) }), "goal")[1]).toBe(
      "Committed were 5 points, completed 3.",
    );
    expect(block(review({ unit: "points", ...effort(1, 0) }), "goal")[1]).toBe(
      "Committed was 1 point, completed 0.",
    );
  });

  it("says that there was no goal", () => {
    expect(block(review(sprint({ goal: "" })), "goal")[0]).toBe("This sprint had no goal.");
  });
});

describe("the questions of a draft", () => {
  it("are none where there is nothing to ask", () => {
    for (const name of ["task-questions", "unexpected-questions", "debt-questions"])
      expect(block(review(), name)).toEqual([]);
  });

  it("ask why more was committed than there was time for, and not at the limit", () => {
    const asked = (capacityDays: number | null, more: Partial<Report> = {}) =>
      block(review({ ...sprint({ capacityDays }), ...more }), "task-questions");
    expect(asked(2.5)).toEqual(["<!-- The team committed to 3 days with a capacity of 2.5. Why? -->"]);
    expect(asked(3)).toEqual([]);
    expect(asked(null)).toEqual([]);
    // Points cannot be held against days.
    expect(asked(2.5, { unit: "points" })).toEqual([]);
  });

  it("ask of each of fourteen tasks, and of more than these of twelve and the others together", () => {
    const asked = (count: number) => block(review({ unexpected: cards(count) }), "unexpected-questions");
    expect(asked(14)).toHaveLength(14);
    expect(asked(15)).toHaveLength(13);
    expect(asked(15)[11]).toContain("#12 Task 12:");
    expect(asked(15)[12]).toBe("<!-- 3 more were unexpected. Which of them could have been foreseen? -->");
  });

  it("ask of what is carried over only where it was in an earlier sprint, the longest first", () => {
    const depths = [0, 1, 3, 1];
    const carriedOver = depths.map((depth, index) => ({ ...card(index + 1, "Old"), depth }));
    const asked = block(review({ carriedOver }), "task-questions");
    expect(asked.map((line) => /#(\d+) Old was in (.+) and is/.exec(line)?.slice(1))).toEqual([
      ["3", "3 earlier sprints"],
      ["2", "1 earlier sprint"],
      ["4", "1 earlier sprint"],
    ]);
  });

  it("stay comments whatever a title holds", () => {
    const unexpected = [card(1, "Stop --> <script>alert(1)</script> <!-- ::demo")];
    const tree = remark().use(remarkGfm).parse(review({ unexpected }));
    const html = tree.children.flatMap((node) => (node.type === "html" ? [node.value] : []));
    expect(html.filter((value) => !/^(<!--(?!.*-->.*-->).*-->\n?)+$/.test(value))).toEqual([]);
  });
});

describe("titles in a draft", () => {
  /** What readers see of the list of what is done. */
  function readDone(title: string): string {
    const lines = block(review({ done: [card(7, title)] }), "done").join("\n");
    return textOf(remark().use(remarkGfm).parse(lines));
  }

  it.each([
    "Show &lt;b&gt; and &amp; as they are written",
    "Decode &#38; and &#x26; and &nbsp;",
    "A & B; C&D",
    "**bold** _x_ `code` ~~gone~~ [a](b) | <i>",
    "C:\\path\\*",
    "a::b -- c --- d",
  ])("are read as they were written: %s", (title) => {
    expect(readDone(title)).toBe(`#7 ${title}`);
  });

  it("stay on one line", () => {
    expect(block(review({ done: [card(7, "One\n## Two")] }), "done")).toEqual(["- #7 One ## Two"]);
  });

  it("are not missed where no task was finished", () => {
    expect(block(review(), "done")).toEqual(["No task was finished."]);
  });
});

describe("promises in a draft", () => {
  it("are asked for only where there are some, answered ones with their mark", () => {
    expect(review()).not.toContain("### Follow-up");
    const followUp: KalmAnswer[] = [
      promise("Kept", true),
      promise("Broken", false),
      { ...promise("Open", null), owner: "ann" },
    ];
    expect(block(review({ kalm: { ...quiet.kalm, followUp } }), "promises")).toEqual([
      "- [x] Kept",
      "- [ ] ~~Broken~~",
      "- [ ] Open (@ann)",
    ]);
  });
});

describe("the front matter of a draft", () => {
  it("holds any title and team as one line of YAML, and the number of the sprint", () => {
    const lines = review(sprint({ title: 'Say "hi": # now', team: "web: 1" })).split("\n");
    expect(lines.slice(0, 8)).toEqual([
      "---",
      'title: "Review of sprint 4 of web: 1: Say \\"hi\\": # now"',
      "kind: review",
      "sprint: 4",
      'team: "web: 1"',
      "date: 2026-03-01",
      'summary: ""',
      "# Take this line out to publish.",
    ]);
  });
});
