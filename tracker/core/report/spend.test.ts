import fc from "fast-check";
import { expect, test } from "vitest";
import { label, on, rules, timelineOf, unlabel } from "../../testing/timelines.ts";
import { present } from "../model/present.ts";
import { spentReader } from "./actual.ts";
import { readEffort } from "./said.ts";
import { parseSpend } from "./spend.ts";

const length = { hoursPerDay: 8, daysPerWeek: 5 };
const daysOf = (body: string): number | null => {
  const { spends, unread } = parseSpend(body, length);
  expect(unread).toEqual([]);
  return spends.length === 0 ? null : spends.reduce((sum, { days }) => sum + days, 0);
};

test.each([
  ["/spend 1d 2h", 1.25],
  ["/spend 1d2h", 1.25],
  ["/spend 1w 2d 3h 30m", 7.4375],
  ["/spend 30m 1h", 0.1875],
  ["  /SPEND 30M", 0.0625],
  ["/spent 1h", 0.125],
  ["/spend_time 1h", 0.125],
  ["/spend: 1h", 0.125],
  ["/spend 1,5 d", 1.5],
  ["/spend 1.5 h", 0.1875],
  ["/spend 90min", 0.1875],
  ["/spend 2 hours", 0.25],
  ["/spend 2 hours and 15 minutes", 0.28125],
  ["/spend 1h,30m", 0.1875],
  ["/spend .5d", 0.5],
  ["/spend ½d", 0.5],
  ["/spend 1½h", 0.1875],
  ["/spend 0,125d", 0.125],
  ["/spend -1h", -0.125],
  ["/spend −1h 30m", -0.1875],
  ["／spend １h", 0.125],
  ["/spend 1 week", 5],
  ["/spend 1d thereabouts", 1],
  ["/spend 1h. Now it works", 0.125],
  ["/spend 1h (review of #12)", 0.125],
  ["/spend 1h - pairing", 0.125],
  ["/spend 1h /cc @ann", 0.125],
  ["Done at last.\n\n/spend 2h\n/spend 4h", 0.75],
  ["/spend 1h\r\n/spend 30m\r\n", 0.1875],
  ["/spend 2h  \n/spend 2h", 0.5],
  ["- /spend 1d", 1],
  ["1. /spend 1d", 1],
  ["- [x] /spend 1d", 1],
  ["⏱ /spend 1d", 1],
  ["**/spend 1h**", 0.125],
  ["| a |\n|---|\n| /spend 1h |", 0.125],
  ["/spend 1h\n---\nfoo", 0.125],
  ["<details>\n/spend 1h\n</details>", 0.125],
  ["/spend 1h<br>/spend 1h", 0.25],
  ["<!-- note -->\n/spend 1h <!-- x -->", 0.125],
  ["> /spend 1d\n\n/spend 2d", 2],
  ["/spend 0h", 0],
])("%j is %d days", (body, days) => {
  expect(daysOf(body)).toBe(days);
});

test.each([
  ["> /spend 1d"],
  ["```\n/spend 1d\n```"],
  ["    /spend 1d"],
  ["`/spend 1d`"],
  ["<code>/spend 1d</code>"],
  ["<pre>\n/spend 1d\n</pre>"],
  ["<blockquote>\n\n/spend 1d\n\n</blockquote>"],
  ["<!-- /spend 1d -->"],
  ["it is in src/spend.ts"],
  ["see https://example.com/spend"],
  ["we spend 1d on it"],
  [""],
])("%j says nothing of effort", (body) => {
  expect(parseSpend(body, length)).toEqual({ spends: [], unread: [] });
});

test.each([
  ["/spend", /expected weeks/],
  ["/spend 1.5", /expected weeks/],
  ["/spend one hour", /expected weeks/],
  ["/spend 1mo", /expected weeks/],
  ["/spend 1h30", /expected weeks/],
  ["/spend 1-2h", /expected weeks/],
  ["/spend `1h`", /expected weeks/],
  ["/spending 1d", /expected weeks/],
  ["/spend1h", /expected weeks/],
  ["please /spend 1d", /begin its line/],
  ["`code` /spend 1d", /begin its line/],
  ["https://example.com/spend 1h", /begin its line/],
  ["/spend 1h review, 30m tests", /second amount/],
  ["/spend 1h 30", /second amount/],
  ["/spend 1h -30m", /second amount/],
  ["/spend 1h 2h", /one unit twice/],
  ["/spend 1h /spend 2h", /says it twice/],
  ["/spend 1,000h", /one or a thousand/],
  ["~~/spend 1h~~", /struck through/],
  ["<del>done\n/spend 1h</del>", /struck through/],
  ["> how long?\n/spend 1h", /quote above/],
  ["/spend 4h x 2", /whole amount/],
  ["/spend 8h/day", /whole amount/],
  ["/remove_time_spent", /minus/],
  ["/spend 1h 2026-02-30", /no day/],
  ["/spend 1h until 2026-03-04", /right behind/],
])("%j is named, with what is wrong", (body, why) => {
  const { spends, unread } = parseSpend(`Text.\n\n${body}`, length);
  expect(spends).toEqual([]);
  expect(unread).toEqual([{ line: expect.any(String), why: expect.stringMatching(why) }]);
});

test.each([
  "/spend 1h30m 2026-03-04",
  "/spend 1h30m on 2026-03-04",
  "/spend 2026-03-04 1h30m",
  "/spend 1h30m (2026-03-04) x",
])("%j counts for that day", (body) => {
  expect(parseSpend(body, length)).toEqual({ spends: [{ days: 0.1875, day: "2026-03-04" }], unread: [] });
});

const unitNames = {
  w: ["w", "wk", "wks", "week", "weeks"],
  d: ["d", "day", "days"],
  h: ["h", "hr", "hrs", "hour", "hours"],
  m: ["m", "min", "mins", "minute", "minutes"],
} as const;
const inDays = { w: 5, d: 1, h: 1 / 8, m: 1 / 480 };
type Unit = keyof typeof unitNames;

const amount = fc
  .record({
    unit: fc.constantFrom<Unit>("w", "d", "h", "m"),
    halves: fc.integer({ min: 0, max: 80 }),
    comma: fc.boolean(),
    name: fc.nat({ max: 4 }),
    gap: fc.constantFrom("", " "),
    loud: fc.boolean(),
  })
  .map(({ unit, halves, comma, name, gap, loud }) => {
    const number = comma ? String(halves / 2).replace(".", ",") : String(halves / 2);
    const word = present(unitNames[unit][name % unitNames[unit].length]);
    return {
      unit,
      days: (halves / 2) * inDays[unit],
      text: `${number}${gap}${loud ? word.toUpperCase() : word}`,
    };
  });

test("every form that the documentation names is read as what it says", () => {
  const amounts = fc.uniqueArray(amount, { minLength: 1, maxLength: 4, selector: ({ unit }) => unit });
  const form = fc.record({
    amounts,
    joint: fc.constantFrom(" ", ", ", " and ", " & "),
    name: fc.constantFrom("/spend ", "/spent ", "/Spend: ", "/SPEND_TIME "),
    sign: fc.constantFrom("", "-", "+"),
    day: fc.constantFrom(null, "2026-03-04", "2024-02-29"),
    before: fc.constantFrom("", "- ", "* ", "**", "Hello.\n\n", "1. ", "### "),
    after: fc.constantFrom("", ".", " for the review", " – with Ann", "\n\nThat was it."),
  });
  fc.assert(
    fc.property(form, ({ amounts, joint, name, sign, day, before, after }) => {
      const said = amounts.map(({ text }) => text).join(joint);
      const body = `${before}${name}${sign}${said}${day === null ? "" : ` ${day}`}${after}${before === "**" ? "**" : ""}`;
      const { spends, unread } = parseSpend(body, length);
      const days = amounts.reduce((sum, one) => sum + one.days, 0) * (sign === "-" ? -1 : 1);
      expect({ unread, spends, body }).toEqual({
        unread: [],
        spends: [{ days: expect.closeTo(days, 6), day }],
        body,
      });
    }),
    { numRuns: 1000 },
  );
});

test("no line of effort outside code and quotes is neither read nor named", () => {
  const words = fc.array(
    fc.constantFrom(
      "1h",
      "2",
      "-",
      "x",
      "2d.",
      "2026-03-04",
      "1,000",
      "half",
      "~",
      "(",
      "½d",
      "&",
      "#12",
      "*",
      "ü",
    ),
    { maxLength: 6 },
  );
  const line = fc
    .record({
      before: words,
      after: words,
      name: fc.constantFrom("/spend", "/Spent", "/spend:", "/spending"),
    })
    .map(({ before, name, after }) => [...before, name, ...after].join(" "));
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), (lines) => {
      const { spends, unread } = parseSpend(lines.join("\n\n"), length);
      expect(spends.length + unread.length).toBe(lines.length);
    }),
    { numRuns: 1000 },
  );
});

// Where a pattern would backtrack, this does not end within the test's time.
test.each(["1h ", "1", " ", "1,", "½", "- ", "/spend ", "a/spend 1", "2026-03-04 "])(
  "a line of fifty thousand times %j is read to its end",
  (part) => {
    const { spends, unread } = parseSpend(`/spend ${part.repeat(50_000)}`, length);
    expect(spends.length + unread.length).toBe(1);
    expect(unread[0]?.line.length ?? 0).toBeLessThanOrEqual(120);
  },
);

const comment = (id: number, at: string, body: string, updated = at) => ({
  id,
  issue: 1,
  at: on(at),
  updatedAt: on(updated),
  author: null,
  body,
});

test("comments are summed each once, from when they were written", () => {
  const twice = comment(1, "03", "/spend 1h");
  const read = spentReader([twice, comment(2, "05", "/spend 20m"), comment(3, "05", "thanks"), twice], rules);
  const issue = timelineOf(1, "01", []);
  expect(read(issue, on("02"))).toBe(null);
  expect(read(issue, on("04"))).toMatchObject({ days: 0.13, comments: 1, at: on("03") });
  expect(read(issue, on("06"))).toMatchObject({ days: 0.17, comments: 2, at: on("05"), eventId: null });
});

test("a label in force wins; taken off, the comments speak again", () => {
  const read = spentReader([comment(1, "03", "/spend 2d")], rules);
  const issue = timelineOf(1, "01", [
    label("04", "actual: M"),
    unlabel("06", "actual: M"),
    label("08", "actual: 3"),
  ]);
  const days = (at: string) => read(issue, on(at))?.days;
  expect([days("03"), days("05"), days("07"), days("09")]).toEqual([2, 0.5, 2, 3]);
  expect(read(issue, on("09"))).toMatchObject({ by: "label", eventId: 1002 });
});

test("a line counts for the day it names, also where it was written later", () => {
  const monday = comment(1, "13", "/spend 1d 2024-05-10\n/spend 2h");
  const read = spentReader([monday], rules);
  const issue = timelineOf(1, "01", []);
  expect(read(issue, on("10T11:00"))).toBe(null);
  expect(read(issue, on("11"))).toMatchObject({ days: 1, provenance: "observed" });
  expect(read(issue, on("14"))).toMatchObject({ days: 1.25, provenance: "replayed", comments: 1 });
});

test("a day that was still to come is named, and counts nowhere", () => {
  const text = comment(1, "03", "/spend 1d 2034-05-03\n/spend 2h 2024-05-03");
  expect(readEffort(text, rules)).toMatchObject({
    said: [{ days: 0.25 }],
    unread: [{ line: expect.stringContaining("2034-05-03"), why: expect.stringContaining("to come") }],
  });
});

test("an issue's own text counts from its creation, a line that came later from the edit that brought it", () => {
  const text = {
    ...comment(-1, "08", "/spend 1h\n/spend 4h"),
    earlier: [{ at: on("02"), body: "/spend 1h" }],
  };
  const read = spentReader([text, comment(1, "03", "/spend 1d")], rules);
  const issue = timelineOf(1, "02", []);
  expect(read(issue, on("02T12:00"))).toMatchObject({ days: 0.13, source: "by its text" });
  expect(read(issue, on("09"))).toMatchObject({ days: 1.63, source: "by a comment and its text" });
});

test("what the closing pull request says is added to the issue's own, and its label stands for its texts", () => {
  const pull = timelineOf(7, "02", [label("06", "actual: 2")], { pullRequest: true });
  const texts = [
    comment(1, "03", "/spend 1h"),
    { ...comment(2, "04", "/spend 1d"), pull: 7 },
    { ...comment(-7, "05", "/spend 4h"), pull: 7 },
  ];
  const read = spentReader(texts, rules, new Map([[1, [pull]]]));
  const issue = timelineOf(1, "01", []);
  expect(read(issue, on("05T12:00"))).toMatchObject({
    days: 1.63,
    source: "by a comment and by a comment and the text of #7",
  });
  expect(read(issue, on("07"))).toMatchObject({ days: 2.13, source: "by a comment and by the label of #7" });
  const settled = timelineOf(1, "01", [label("08", "actual: 3")]);
  expect(read(settled, on("09"))).toMatchObject({ days: 3, by: "label" });
});
