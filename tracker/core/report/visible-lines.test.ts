import { expect, test } from "vitest";
import { issuesClosed } from "./closing.ts";
import { parseSpend } from "./spend.ts";
import { codeMark, quoteMark, strikeMark, visibleLines } from "./visible-lines.ts";

test.each([
  ["one\n\n> two\n\nthree", ["one", "three"]],
  ["> two\nthree\n\nfour", [`${quoteMark}three`, "four"]],
  ["- a\n  > b\n  c", ["a", `${quoteMark}c`]],
  ["1. > > b\n   > c", []],
  ["a ~~b~~ <s>c</s> d", [`a ${strikeMark}b${strikeMark} ${strikeMark}c${strikeMark} d`]],
  ["<strike>a\nb</strike>\nc", [`${strikeMark}a${strikeMark}`, `${strikeMark}b${strikeMark}`, "c"]],
  ["`a` **b**", [`${codeMark} b`]],
])("of %j these are its author's own", (body, lines) => {
  expect(visibleLines(body)).toEqual(lines);
});

const most = 65_536;
/** As much as GitHub takes, with a line of effort at its end. */
const full = (part: string, end = "\n\n/spend 1h\n\nfixes #7"): string =>
  part.repeat(Math.floor((most - end.length) / part.length)) + end;

// A parser that walks all of it again for each sign takes minutes, or more stack than there is.
test.each([
  ["emphasis that is never closed", full("*a_")],
  ["emphasis in emphasis", full("*a ", `${"b*".repeat(9000)}\n\n/spend 1h`)],
  ["struck words", full("~~a ")],
  ["lists of 200 levels", `${"- ".repeat(200)}a\n\n/spend 1h\n\nfixes #7`],
  ["quotes in quotes", full("> ")],
  ["lists in lists", full("- ")],
  ["numbered lists in lists", full("1. ")],
  ["lines under a deep list", full("x\n", "/spend 1h").replace(/^/, "* ".repeat(40))],
])("%s: a text as long as GitHub takes is read, or named", (_, body) => {
  const { spends, unread } = parseSpend(body, { hoursPerDay: 8, daysPerWeek: 5 });
  expect(spends.length + unread.length).toBe(1);
  const shown = { number: 9, title: "closes #3", body };
  const repositories = { keyOf: () => null } as unknown as Parameters<typeof issuesClosed>[1];
  expect(issuesClosed(shown, repositories)[0]).toBe(3);
});
