import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { warnedContent } from "../testing/warned-content.ts";

const { at, put, warnings, read, post } = warnedContent();

test("links that lead nowhere, pictures that are missing, and posts that nobody sees yet", async () => {
  const draft = (more: string) => `---\ntitle: A post\nkind: note\n${more}\n---\n\nx\n`;
  put("posts/draft.md", draft("date: 2019-11-20\ndraft: true"));
  put("posts/soon.md", draft("date: 2026-03-20"));
  put("posts/img/Chart.PNG");
  put("posts/Überblick 1.pdf");
  put("posts/notes.txt", "Linked, so no file that nobody reads.");
  put("about.md", "![The team](team.jpg)");
  const fine =
    "[a](02-review.md) [b](../posts/02-review.md) [c](../02-review/) [d](/posts/02-review/) [e](/sprints/2/) " +
    "[f](../sprints/02.md) [g](../../sprints/) [h](%C3%9Cberblick%201.pdf) [i](<Überblick 1.pdf>) [j](notes.txt?x#y) " +
    "![k](img/Chart.PNG) [l](#) [m](mailto:a@b.example) [n](//cdn.example/x) ![o](/public.png) [p](../about.md)";
  put("posts/x.md", post("kind: note", fine.replaceAll(" [", "\n[")));
  expect(await warnings()).toEqual([
    expect.stringMatching(/^posts\/soon\.md: it is held back/),
    expect.stringMatching(/^about\.md:1: the picture team\.jpg is not there, so the site cannot be built/),
  ]);
  rmSync(at("about.md"));
  put(
    "posts/x.md",
    post(
      "kind: note",
      "[a](02-rewiev.md)\n[b](/sprints/99/)\n[c](../nobody/)\n[d](../../../../etc/passwd.txt)\n[e](draft.md)\n" +
        "[f](soon.md)\n![g](img/chart.png)\n![h][1]\n`[i](no.md)` <!-- [j](no.md) -->\n\n[1]: gone.png\n[1]: img/Chart.PNG",
    ),
  );
  const told = await warnings();
  expect(told.filter((one) => one.startsWith("posts/x.md"))).toEqual([
    "posts/x.md:7: the link 02-rewiev.md leads nowhere and is left out; did you mean 02-review.md?",
    "posts/x.md:8: the link /sprints/99/ leads nowhere and is left out",
    "posts/x.md:9: the link ../nobody/ leads nowhere and is left out",
    "posts/x.md:10: the link ../../../../etc/passwd.txt leads nowhere and is left out",
    "posts/x.md:11: the link draft.md is left out, since that post is a draft",
    "posts/x.md:12: the link soon.md is left out until 2026-03-20, when that post is published",
    "posts/x.md:13: the picture img/chart.png is not there, so the site cannot be built; did you mean img/Chart.PNG?",
    "posts/x.md:14: the picture gone.png is not there, so the site cannot be built",
  ]);
});

test("links to headings that are not there", async () => {
  put(
    "posts/y.md",
    post(
      "kind: note",
      "# What came\n\n> ## In a *quotation* `code` ![no](/words.png)\n\n## What came\n\nWords\n\n## 你好, C++!\n\nWords\n\n## …\n\nWords\n\nSetext\n===\n\nWords",
    ),
  );
  const fine = [
    "what-came",
    "in-a-quotation-code-",
    "what-came-1",
    "你好-c",
    "%E4%BD%A0%E5%A5%BD-c",
    "section",
    "setext",
    "top",
    "",
    ":~:text=came",
    "figure-debt",
    "user-content-fn-1",
  ];
  put(
    "posts/x.md",
    post(
      "kind: note",
      `## Here\n\n[a](#here) [b](y.md?q#setext) [c](https://a.example/#no) ${fine.map((name) => `[l](y.md#${name})`).join("\n")}`,
    ),
  );
  put("about.md", "# The team\n\n[a](#the-team)");
  expect(await warnings()).toEqual([]);
  put(
    "posts/x.md",
    post(
      "kind: note",
      "## Here\n\n[a](#hear)\n[b](/posts/y/#what-come)\n[c](y.md#What-came)\n[d](../y/#nothing-like-it)\n![e](#here)\n[f][1]\n\n[1]: #gone-long-ago",
    ),
  );
  put("about.md", "# The team\n\n[a](#the-taem)");
  expect(await warnings()).toEqual([
    "posts/x.md:9: the link #hear leads to no heading: none here has that name; did you mean #here?",
    "posts/x.md:10: the link /posts/y/#what-come leads to no heading: none there has that name; did you mean #what-came?",
    "posts/x.md:11: the link y.md#What-came leads to no heading: none there has that name; did you mean #what-came?",
    "posts/x.md:12: the link ../y/#nothing-like-it leads to no heading: none there has that name",
    "posts/x.md:14: the link #gone-long-ago leads to no heading: none here has that name",
    "about.md:3: the link #the-taem leads to no heading: none here has that name; did you mean #the-team?",
  ]);
});

test("recordings and slides that are not there", async () => {
  put("posts/deck.pdf");
  put("posts/x.md", post("kind: note\nslides: deck.pdf\nrecording: https://video.example/42", "x"));
  expect(await warnings()).toEqual([]);
  put("posts/x.md", post("kind: note\nslides: desk.pdf\nrecording: talk.mp4", "x"));
  expect(await warnings()).toEqual([
    "posts/x.md: the link talk.mp4 leads nowhere and is left out",
    "posts/x.md: the link desk.pdf leads nowhere and is left out; did you mean deck.pdf?",
  ]);
  for (const wrong of ["javascript:alert(1)", "//video.example/42", "data:text/html,x"]) {
    put("posts/x.md", post(`kind: note\nslides: "${wrong}"`, "x"));
    await expect(read()).rejects.toMatchObject({ code: "post-invalid", exitCode: 3 });
  }
});
