import { latestReview } from "../view/articles.ts";
import { type Picture, pictureFor } from "../view/og.ts";
import { paths, pictureOf } from "../view/urls.ts";
import { reportOf, type Site } from "./site.ts";

/** One picture per page that can be shared; `path` as the route wants it, without /og/ and .png. */
export function picturesOf(site: Site): { path: string; picture: Picture }[] {
  const { settings, reports, posts, words } = site;
  const newest = reportOf(site, latestReview(posts)?.sprint ?? null) ?? reports.at(-1) ?? null;
  const page = (path: string, kicker: string, title: string, report = newest) => ({
    path: pictureOf(path).slice("/og/".length, -".png".length),
    picture: pictureFor(settings.title, kicker, title, report),
  });
  return [
    page(paths.home, settings.tagline, latestReview(posts)?.title ?? settings.title),
    page(paths.sprints, `${reports.length} sprints`, "Sprints"),
    page(paths.posts, `${posts.length} articles`, "Articles"),
    page(paths.debt, "", "Technical debt"),
    page(paths.kalm, "", "Keep, Add, Less, More"),
    page(paths.about, "", "About"),
    page(paths.live, "", "Live"),
    page(paths.search, "", "Search"),
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
