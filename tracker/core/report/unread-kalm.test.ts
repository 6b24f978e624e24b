import { describe, expect, test } from "vitest";
import { kalmSections, parseKalm } from "./parse-kalm.ts";
import { promiseKey } from "./promises.ts";
import { emptyHeadings, strayAnswers, unreadKalm } from "./unread-kalm.ts";

const named = (body: string) => unreadKalm(kalmSections(body)).map(({ line, text }) => `${line} ${text}`);

describe("what of a review's promises is lost", () => {
  test.each([
    "Keeping",
    "Start",
    "Stop doing",
    "Keeper",
    "Adding",
    "Lessons",
    "Kept",
    "Keep / Add",
    "Do less/more",
  ])("a list under %s is named", (heading) => {
    expect(named(`## K.A.L.M.\n\n### ${heading}\n\n- A promise\n`)).toEqual([
      expect.stringMatching(new RegExp(`^3 .*"${heading}" is read as no promise`)),
    ]);
  });

  test.each([
    ["a paragraph", "Talk to customers"],
    ["a table", "| a |\n|---|\n| Talk |"],
    ["a quotation", "> Talk"],
    ["code", "    Talk"],
  ])("%s in place of a list is named", (_, words) => {
    expect(named(`## KALM\n\n### Do more\n\n${words}\n`)).toEqual([expect.stringMatching(/^5 .*no list/)]);
  });

  test("a list right under K.A.L.M., and headings without K.A.L.M. above them, are named", () => {
    expect(named("## K.A.L.M.\n\n- A promise\n")).toEqual([expect.stringMatching(/^1 .*right under/)]);
    expect(
      named("## Keep\n\n- A promise\n\n## Do less\n\n- Less\n\n## Add a page\n\n- No promise\n"),
    ).toEqual([expect.stringMatching(/^1 /), expect.stringMatching(/^5 /)]);
    expect(named("## K.A.L.M.\n\n| Keep | Add |\n|---|---|\n| a | b |\n")).toEqual([
      expect.stringMatching(/^1 a table right under/),
    ]);
  });

  test.each(["Keep:", "✅ **Keep**", "2. Do more", "Start", "Stop doing", "Continue", "Follow-up:"])(
    "a list under %s outside of K.A.L.M. is named",
    (heading) => {
      const body = `## Retrospective\n\nWords.\n\n### ${heading}\n\n- A promise\n`;
      expect(named(body)).toEqual([expect.stringMatching(/^5 .*no heading K\.A\.L\.M\. above it/)]);
    },
  );

  test.each(["6.1 Keep", "3) Do more", "Ｄｏ　ｌｅｓｓ:", "**Add**"])(
    "%s is a heading of the section",
    (heading) => {
      const body = `## 6. K.A.L.M.\n\n### ${heading}\n\n- A promise\n`;
      expect(named(body)).toEqual([]);
      expect(parseKalm(body).promises).toHaveLength(1);
    },
  );

  test("a promise that is struck through is none, and named", () => {
    const body = "## KALM\n\n### Keep\n\n- ~~Pair~~\n- ~~Pair~~ Mob\n";
    expect(named(body)).toEqual(['5 "Pair" is struck through, and so no promise']);
    expect(parseKalm(body).promises.map(({ text }) => text)).toEqual(["Pair Mob"]);
  });

  test("a mark that is no answer is named", () => {
    expect(
      named(
        "## KALM\n\n### Follow-up\n\n- [x] a\n- [X] b\n- [-] c\n- [ ] d\n- e\n- [~] f\n- [?] g\n- [a link](x)\n",
      ),
    ).toEqual([expect.stringMatching(/^10 \[~\]/), expect.stringMatching(/^11 \[\?\]/)]);
  });

  test("what is well said is not named: comments, figures, prose beside a list", () => {
    const body = `## K.A.L.M.

Words of the review.

::kalm

### Follow-up

<!-- What became of these promises? -->

- [x] Pair more

### Keep

We keep these:

- Pairing

### Do less

<!-- One line per habit to lose. -->

### Do more

- Talk

## Conclusion

- A list
`;
    expect(named(body)).toEqual([]);
  });
});

test("an answer to a promise that was not made before is named, whatever its mark", () => {
  const body = "## KALM\n\n### Follow-up\n\n- [x] Pair more (#7)\n- [-] Never made\n- ~~Nor this~~\n";
  expect(strayAnswers(kalmSections(body), (key) => key === promiseKey("pair MORE"))).toEqual([
    { line: 6, text: expect.stringContaining('"Never made"') },
    { line: 7, text: expect.stringContaining('"Nor this"') },
  ]);
});

test("a heading without words is named, one above another heading is not", () => {
  const body = "# Title\n\n## Recap\n\n<!-- say it -->\n\n## Done\n\n::board{at=end}\n\n## End\n";
  expect(emptyHeadings(kalmSections(body))).toEqual([
    { line: 3, text: 'nothing stands under "Recap"' },
    { line: 11, text: 'nothing stands under "End"' },
  ]);
});
