import { expect, test } from "vitest";
import { makeReport } from "../../testing/make-report.ts";
import { cut } from "./facts.ts";
import { slackMessage } from "./slack.ts";
import { teamsLimit, teamsMessage } from "./teams.ts";

const hostile = (index: number) =>
  [
    "<!channel> <@U123> & *bold* _it_ `x` ~no~ <https://evil.example|free>",
    "[free](https://evil.example) **bold**\n# Boo",
    "👩‍👩‍👧‍👦".repeat(900),
    "\u0000\u001b[31m\u202e",
  ][index % 4] ?? "";

const reports = [
  makeReport({ number: 1, cards: 0 }),
  makeReport({ number: 3, cards: 20 }),
  makeReport({ number: 4, cards: 400, title: hostile }),
].map((report) => ({
  ...report,
  sprint: {
    ...report.sprint,
    title: report.sprint.number === 4 ? hostile(2) : report.sprint.title,
    goal: hostile(0),
  },
}));

type Json = { [key: string]: unknown };
/** Every object in a value. */
const objectsIn = (value: unknown): Json[] => {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (value === null || typeof value !== "object") return [];
  return [value as Json, ...Object.values(value).flatMap(objectsIn)];
};

const between = (text: unknown, least: number, most: number) =>
  typeof text === "string" && text.length >= least && text.length <= most;

/** What Slack would refuse, by the limits of its reference: https://docs.slack.dev/reference/block-kit/blocks */
function refusedBySlack({ text, blocks }: ReturnType<typeof slackMessage>): string[] {
  const known = ["header", "context", "section", "rich_text"];
  return [
    ...(between(text, 1, 4000) ? [] : ["text"]),
    ...(blocks.length <= 50 ? [] : ["blocks"]),
    ...blocks.filter(({ type }) => !known.includes(type)).map(({ type }) => type),
    ...blocks.flatMap((block): string[] => {
      const content = block as Json;
      const inside = (content.elements ?? content.fields ?? []) as Json[];
      if (block.type === "header") return between((content.text as Json).text, 1, 150) ? [] : ["header"];
      if (block.type === "context") return inside.length >= 1 && inside.length <= 10 ? [] : ["context"];
      if (block.type !== "section") return inside.length > 0 ? [] : ["empty rich text"];
      const fits = inside.length >= 1 && inside.length <= 10;
      return fits && inside.every((field) => between(field.text, 1, 2000)) ? [] : ["fields"];
    }),
    ...objectsIn(blocks).flatMap((one) => {
      if (one.type === "text" || one.type === "plain_text")
        return between(one.text, 1, 3000) ? [] : ["text element"];
      if (one.type === "link")
        return between(one.url, 1, 3000) && /^https?:/.test(String(one.url)) ? [] : ["link"];
      if (String(one.type).startsWith("rich_text") && (one.elements as unknown[]).length === 0)
        return ["empty"];
      return [];
    }),
  ];
}

test.each(reports)("Slack's limits hold, whatever the titles: $sprint.number", (report) => {
  for (const page of [null, "https://team.example/sprints/3/"])
    expect(refusedBySlack(slackMessage(report, page))).toEqual([]);
});

test("the check of limits can fail", () => {
  const message = slackMessage(makeReport({ number: 3, cards: 20 }), null);
  const [header, ...others] = message.blocks;
  const long = { ...header, type: "header", text: { type: "plain_text", text: "x".repeat(151) } };
  expect(refusedBySlack({ ...message, blocks: [long, ...others] })).toEqual(["header"]);
  expect(refusedBySlack({ ...message, text: "" })).toEqual(["text"]);
});

test("Slack reads nothing of a title: it stands in rich text, and escaped in the fallback", () => {
  for (const report of reports) {
    const { text, blocks } = slackMessage(report, null);
    expect(text).not.toMatch(/<|>/);
    const marked = objectsIn(blocks).filter(({ type }) => type === "mrkdwn");
    for (const one of marked) expect(one.text).toMatch(/^\*[A-Z][^*<>]*\*\n[^*<>]+$/);
    expect(JSON.stringify(blocks)).not.toMatch(/\\u0000|\\u001b|\u202e/);
  }
});

test.each(reports)(
  "Teams takes the card: its size, and no title in a text that reads Markdown: $sprint.number",
  (report) => {
    const message = teamsMessage(report, "https://team.example/sprints/3/");
    expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(teamsLimit);
    const objects = objectsIn(message);
    expect(objects.filter(({ type }) => type === "TextBlock")).toEqual([]);
    const facts = objects.filter(({ value }) => typeof value === "string");
    for (const { title, value } of facts) expect(`${title} ${value}`).not.toMatch(/[*_[\]<>]/);
    for (const { text } of objects.filter(({ type }) => type === "TextRun"))
      expect(between(text, 1, 300)).toBe(true);
  },
);

test("a long text is cut between characters", () => {
  expect(cut("abcdef", 6)).toBe("abcdef");
  expect(cut("abcdef", 4)).toBe("abc…");
  expect(cut("ab👍cd", 4)).toBe("ab…");
});
