import { makeReport } from "sprintcast/testing";
import { wordsOf } from "sprintcast/words";
import { describe, expect, it } from "vitest";
import type { Site } from "../data/assemble.ts";
import { pageWords } from "../view-models/format.ts";
import { sprintPathsOf } from "../view-models/urls.ts";
import { kalmFigures } from "./og-image.ts";
import { picturesOf } from "./og-images.ts";

const reports = [makeReport({ number: 1, cards: 12 }), makeReport({ number: 2, cards: 12 })];
const settings = { title: "Reviews", tagline: "", live: false, liveUrl: null };
const site = (more: object = {}) =>
  ({
    ...{ settings, reports, teams: [], posts: [], flows: [], sprints: [] },
    sprintPaths: sprintPathsOf(false, () => undefined),
    words: pageWords(wordsOf("en-GB", {}), "UTC"),
    ...more,
  }) as unknown as Site;
const pictureAt = (path: string, of: Site) => picturesOf(of).find((one) => one.path === path)?.picture;

describe("the picture of the page of debts", () => {
  it("has the ledger of the newest sprint", () => {
    const figures = pictureAt("debt", site())?.figures ?? [];
    expect(figures[0]?.text).toBe(String(reports[1]?.debt.open));
    expect(figures).toHaveLength(4);
  });

  it("has none where several teams have a ledger each, and where there is no report", () => {
    const teams = ["Web", "App"].map((name) => ({ name, address: name, reports: [] }));
    expect(pictureAt("debt", site({ teams }))?.figures).toEqual([]);
    expect(pictureAt("debt", site({ reports: [] }))?.figures).toEqual([]);
  });
});

it("every page has one picture, of the title of the site; that of a live demo only where there is one", () => {
  const paths = picturesOf(site()).map(({ path, picture }) => [path, picture.site]);
  expect(paths.map(([path]) => path)).toEqual([
    "home",
    "sprints",
    "posts",
    "flow",
    "debt",
    "kalm",
    "about",
    "search",
    "sprints/1",
    "sprints/2",
  ]);
  expect(new Set(paths.map(([, title]) => title))).toEqual(new Set(["Reviews"]));
  const live = picturesOf(site({ settings: { ...settings, live: true } }));
  expect(live.map(({ path }) => path)).toContain("live");
});

it("counts are written as the team's language writes numbers", () => {
  const one = makeReport({ number: 1, cards: 3 });
  const keep = Array.from({ length: 1234 }, (_, index) => ({
    text: `Promise ${index}`,
    from: 1,
    issue: null,
  }));
  const many = { ...one, kalm: { ...one.kalm, keep, add: [], less: [], more: [], followUp: [] } };
  expect(kalmFigures([many], wordsOf("de-DE", {}))[0]?.text).toBe("1.234");
});
