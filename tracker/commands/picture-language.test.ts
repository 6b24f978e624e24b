import { expect, it } from "vitest";
import { sizedTeam } from "../testing/sized-team.ts";

const german: [args: string[], title: string][] = [
  [["report", "1", "--chart", "effort"], "Zusage, Ergebnis und Aufwand von Sprint 1"],
  [["report", "1", "--chart", "capacity"], "Kapazität von Sprint 1"],
  [["report", "1", "--chart", "burndown"], "Burndown von Sprint 1"],
  [["report", "1", "--chart", "burnup"], "Burnup von Sprint 1"],
  [["report", "1", "--chart", "estimation"], "Schätzung und Istaufwand in Sprint 1"],
  [["debt"], "Technische Schulden im Zeitverlauf"],
  [["flow", "--chart", "times"], "Durchlaufzeit fertiger Aufgaben"],
  [["flow", "--chart", "ageing"], "Alter der laufenden Arbeit"],
  [["flow", "--chart", "throughput"], "Durchsatz pro Woche"],
  [["flow", "--chart", "cumulative"], "Kumulativer Fluss"],
];

/** What a reader sees or hears of a picture: its words without its marks. */
const wordsIn = (svg: string): string =>
  [...svg.matchAll(/<(?:title|desc|text)\b[^>]*>([^<]*)</g)].map(([, words]) => words).join("\n");

/** Words that only English has for what these pictures show. */
const isEnglish =
  /\b(committed|added|removed|re-estimated|completed|dropped|capacity|effort|ratio|remaining|scope|finished|tasks?|days?|man-days|weeks?|debt|estimate|from|the|and|of)\b/i;

it("a picture of a team that writes German has its own title, numbers as German has, and no English word", async () => {
  const team = await sizedTeam("locale: de-AT\n");
  for (const [args, title] of german) {
    const { out, code, err } = await team.call(...args, "--format", "svg");
    expect([code, err]).toEqual([0, ""]);
    const words = wordsIn(out);
    expect(words).toContain(title);
    expect(words, args.join(" ")).not.toMatch(/(?<![\d.])\d+\.\d{1,2}(?![\d.])/);
    // Titles and lanes have the names that people gave them.
    const own = words.replaceAll(/Task \d|Sprint|In progress|Done|Backlog/g, "");
    expect(own.match(isEnglish)?.[0], args.join(" ")).toBeUndefined();
  }
}, 60_000);

it("a picture on a page of the command line speaks English, as the page does, whatever the settings say", async () => {
  const team = await sizedTeam("locale: de-AT\n");
  const page = (await team.call("report", "1", "--format", "html")).out;
  expect(page).toContain('<html lang="en">');
  expect(wordsIn(page)).toContain("Commitment, outcome and effort of sprint 1");
  expect((await team.call("report", "1")).out).toContain("actual effort");
}, 60_000);

it("a picture says what the team calls a figure itself", async () => {
  const team = await sizedTeam("texts: { figures: { committed: { label: promised } } }\n");
  const { out } = await team.call("report", "1", "--format", "svg", "--chart", "effort");
  expect(wordsIn(out)).toMatch(/^promised$/m);
  expect(wordsIn(out)).toMatch(/^Commitment, outcome and effort of sprint 1[\s\S]*\nPromised \d/);
}, 60_000);
