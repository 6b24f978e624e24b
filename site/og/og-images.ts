import { liveOf } from "sprintcast/content";
import type { Report } from "sprintcast/report";
import type { Site } from "../data/assemble.ts";
import { frontReport, reportOf } from "../data/find-report.ts";
import { latestReview } from "../view-models/posts.ts";
import { paths, pictureOf } from "../view-models/urls.ts";
import { debtFigures, flowFigures, kalmFigures, type Picture, pictureFor } from "./og-image.ts";

/** One picture per page that can be shared; `path` as the route wants it, without /og/ and .png. */
export function picturesOf(site: Site): { path: string; picture: Picture }[] {
  const { settings, sprintPaths, reports, teams, posts, words, flows } = site;
  const {
    flow,
    frame,
    pages: { about, debt, images, kalm, posts: postTexts, sprints },
  } = words.texts;
  const last = reports.at(-1);
  const newest = frontReport(site);
  const page = (path: string, kicker: string, title: string, report: Report | null = newest) => ({
    path: pictureOf(path).slice("/og/".length, -".png".length),
    picture: pictureFor(settings.title, kicker, title, report, words),
  });
  const own = (path: string, title: string, figures: Picture["figures"]) => {
    const made = page(path, "", title, null);
    return { ...made, picture: { ...made.picture, figures } };
  };
  return [
    page(paths.home, settings.tagline, latestReview(posts)?.title ?? settings.title),
    page(paths.sprints, words.say(images.sprints, { n: reports.length }), sprints.title),
    page(paths.posts, words.say(images.posts, { n: posts.length }), postTexts.title),
    own(
      paths.flow,
      flow.title,
      flows[0] === undefined || flows.length > 1 ? [] : flowFigures(flows[0], words),
    ),
    // Of several teams each has its own ledger: no one of them is that of the page.
    own(paths.debt, debt.title, last === undefined || teams.length > 1 ? [] : debtFigures(last, words)),
    own(paths.kalm, kalm.title, kalmFigures(reports, words)),
    page(paths.about, "", about.title, null),
    ...(liveOf(settings) === null ? [] : [page(paths.live, "", frame.live.title, null)]),
    page(paths.search, "", frame.search.title, null),
    ...reports.map((report) =>
      page(
        sprintPaths.page(report.sprint),
        words.range(report.sprint.firstDay, report.sprint.lastDay),
        report.sprint.goal || report.sprint.title,
        report,
      ),
    ),
    ...posts.map((post) =>
      page(
        paths.post(post.slug),
        words.say(postTexts.kindAndDate, { kind: postTexts.kind[post.kind], date: words.date(post.date) }),
        post.title,
        reportOf(site, post),
      ),
    ),
  ];
}
