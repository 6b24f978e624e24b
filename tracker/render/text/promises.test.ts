import { expect, test } from "vitest";
import type { TeamPromise } from "../../core/report/promises.ts";
import { renderPromises } from "./promises.ts";

const promise = (text: string, kept: boolean | null, issue: number | null = null): TeamPromise => ({
  text,
  from: 1,
  issue,
  kind: "less",
  kept,
  answeredIn: kept === null ? null : 2,
  age: 1,
});

const summary = { kept: 1, dropped: 1, open: 1, rate: 0.5 };

test("a table within the columns, with answers and the share kept", () => {
  const long = "Commit to more days than the sprint has, and say afterwards that nobody could have known it";
  const text = renderPromises(
    [promise(long, true), promise("Meetings", false, 7), promise("Talk", null)],
    summary,
    { width: 80 },
  );
  for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  expect(text).toMatch(/Do less {2,}Commit to more .* kept +1/);
  expect(text).toMatch(/Meetings +not kept/);
  expect(text).toContain("1 of 2 answered promises were kept (50%), 1 open.");
});

test("words from outside move no cursor and turn no line", () => {
  const text = renderPromises([promise("a\u001b[31m\u202eb\tc\n", true)], summary, { width: 80 });
  expect(text).toContain("a�[31m�b c");
  for (const bad of ["\u001b", "\u202e", "\t"]) expect(text).not.toContain(bad);
});

test("no promises is a sentence, not an empty table", () => {
  expect(renderPromises([], { kept: 0, dropped: 0, open: 0, rate: null }, {})).toContain("No promises yet");
});
