import { liveOf } from "sprintcast/content";
import { counted } from "sprintcast/render";
import type { Report } from "sprintcast/report";
import { frontReport, reportOf, type Site } from "../data/site.ts";
import { latestReview } from "../view-models/posts.ts";
import { paths, pictureOf } from "../view-models/urls.ts";
import { debtFigures, flowFigures, kalmFigures, type Picture, pictureFor } from "./og-image.ts";

/** One picture per page that can be shared; `path` as the route wants it, without /og/ and .png. */
export function picturesOf(site: Site): { path: string; picture: Picture }[] {
  const { settings, reports, posts, words, flows } = site;
  const last = reports.at(-1);
  const newest = frontReport(site);
  const page = (path: string, kicker: string, title: string, report: Report | null = newest) => ({
    path: pictureOf(path).slice("/og/".length, -".png".length),
    picture: pictureFor(settings.title, kicker, title, report),
  });
  const own = (path: string, title: string, figures: Picture["figures"]) => {
    const made = page(path, "", title, null);
    return { ...made, picture: { ...made.picture, figures } };
  };
  return [
    page(paths.home, settings.tagline, latestReview(posts)?.title ?? settings.title),
    page(paths.sprints, counted(reports.length, "sprint"), "Sprints"),
    page(paths.posts, counted(posts.length, "post"), "Posts"),
    own(paths.flow, "Flow", flows[0] === undefined || flows.length > 1 ? [] : flowFigures(flows[0])),
    own(paths.debt, "Technical debt", last === undefined ? [] : debtFigures(last)),
    own(paths.kalm, "Keep, Add, Less, More", kalmFigures(reports)),
    page(paths.about, "", "About", null),
    ...(liveOf(settings) === null ? [] : [page(paths.live, "", "Live", null)]),
    page(paths.search, "", "Search", null),
    ...reports.map((report) =>
      page(
        paths.sprint(report.sprint.number),
        words.range(report.sprint.firstDay, report.sprint.lastDay),
        report.sprint.goal || report.sprint.title,
        report,
      ),
    ),
    ...posts.map((post) =>
      page(
        paths.post(post.slug),
        `${post.kind}, ${words.date(post.date)}`,
        post.title,
        reportOf(site, post.sprint),
      ),
    ),
  ];
}
