import { expect, it, test } from "vitest";
import { issuePath, logoPath, pictureOf, placeOf, sprintPathsOf, withBase } from "./urls.ts";

test.each([
  ["/", "/sprints/3/", "/sprints/3/"],
  ["/repo", "/", "/repo/"],
  ["/repo/", "/sprints/3/", "/repo/sprints/3/"],
  ["/a/b//", "/rss.xml", "/a/b/rss.xml"],
  ["", "/x", "/x"],
])("the base %j and %s are %s", (base, path, joined) => {
  expect(withBase(base, path)).toBe(joined);
});

test.each([
  [undefined, "http://localhost:4321", "/"],
  ["https://team.example", "https://team.example", "/"],
  ["https://team.example/reviews", "https://team.example", "/reviews/"],
  ["https://team.example/a/b/", "https://team.example", "/a/b/"],
  ["http://127.0.0.1:8080/?x=1", "http://127.0.0.1:8080", "/"],
])("a site at %j is published at %s with the base %s", (url, site, base) => {
  expect(placeOf(url)).toEqual({ site, base });
});

test.each([
  ["/", "/og/home.png"],
  ["/sprints/3/", "/og/sprints/3.png"],
  ["/sprints/", "/og/sprints.png"],
  ["/teams/web/sprints/3/", "/og/teams/web/sprints/3.png"],
  ["/posts/03-review/", "/og/posts/03-review.png"],
  ["/debt/", "/og/debt.png"],
  ["/teams/web/", "/og/home.png"],
  ["/sprinters/", "/og/home.png"],
  ["/our/posts/", "/og/home.png"],
])("the picture of %s is %s", (path, picture) => {
  expect(pictureOf(path)).toBe(picture);
});

test.each([
  ["brand/mark.svg", "/logo.svg"],
  ["Mark.PNG", "/logo.png"],
  ["mark.tar.gz", "/logo.gz"],
  ["mark", "/logo"],
])("the logo %s is published as %s", (logo, path) => {
  expect(logoPath(logo)).toBe(path);
});

it("a sprint's number alone is enough where teams share none, and else its team stands with it", () => {
  const alone = sprintPathsOf(false, () => undefined);
  const shared = sprintPathsOf(true, () => undefined);
  const [three, ofWeb] = [{ number: 3 }, { number: 3, team: "web" }];
  expect([alone.label(three), alone.label(ofWeb), shared.label(three), shared.label(ofWeb)]).toEqual([
    "3",
    "3",
    "3",
    "3 (web)",
  ]);
  expect(alone.page(ofWeb)).toBe(alone.page(three));
  expect(shared.page(ofWeb)).not.toBe(shared.page({ number: 3, team: "api" }));
});

it("a sprint's files stand below its page, and its report where it is kept", () => {
  const paths = sprintPathsOf(false, ({ number }) => (number === 3 ? "old/03" : undefined));
  expect([paths.page, paths.figures, paths.replay].map((of) => of({ number: 3 }))).toEqual([
    "/sprints/3/",
    "/sprints/3/figures/",
    "/sprints/3/replay.json",
  ]);
  expect([paths.json({ number: 3 }), paths.csv({ number: 3 })]).toEqual([
    "/reports/old/03.json",
    "/reports/old/03.csv",
  ]);
  expect(paths.json({ number: 4 })).toMatch(/^\/reports\/.*0?4\.json$/);
});

it("an issue's path names its own repository", () => {
  expect(issuePath({ repository: "acme/shop" }, { number: 7 })).toBe("acme/shop/issues/7");
});
