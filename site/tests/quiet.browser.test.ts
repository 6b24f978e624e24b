import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ServedSite, sharedSite } from "../testing/shared-site.ts";

let site: ServedSite;
beforeAll(async () => {
  site = await sharedSite("quiet");
});
afterAll(() => site?.close());

const textOf = (path: string) => readFile(join(site.dir, path), "utf8");

describe("a team that has set up no live demo", () => {
  it("has no page, link, script or word of one", async () => {
    expect(site.pages.filter((path) => path.startsWith("/live"))).toEqual([]);
    expect(await readdir(site.dir)).not.toContain("live");
    for (const path of site.pages) {
      const html = await textOf(path === "/404.html" ? path : `${path}index.html`);
      expect(html.match(/.{0,40}(?<!aria-)\blive\b.{0,40}/gi) ?? [], path).toEqual([]);
    }
  });
});

describe("a sprint that runs", () => {
  it("is the head of the home page, with its goal, days left and burndown; sprints without a report are listed", async () => {
    const html = await textOf("index.html");
    const head = html.slice(
      html.indexOf('<header class="front"'),
      html.indexOf("</header>", html.indexOf("front")),
    );
    expect(head).toContain("A parcel is refunded without a phone call.");
    expect(head).toMatch(/<dt>working days left<\/dt><dd>6<\/dd>/);
    expect(head).toContain("chart-burndown");
    expect(head).toContain("Ask for consent before analytics");
    expect(html).toMatch(/<h3>Sprint 1<\/h3>/);
    expect(html).toContain("no report yet");
  });

  it("says in the lists that it runs, and that its figures are those so far", async () => {
    for (const file of ["index.html", "sprints/index.html"]) {
      const [row] = (await textOf(file)).split('<li class="sprint-row"').slice(1);
      expect(row).toMatch(/Sprint 2.*<span class="stamp">running<\/span>.*say\/do ratio, so far/s);
    }
  });

  it("leads to its ageing work and its forecast, which says why it is none and draws no empty chart", async () => {
    const [home, sprint, flow] = await Promise.all(
      ["index.html", "sprints/2/index.html", "flow/index.html"].map(textOf),
    );
    for (const html of [home, sprint])
      for (const id of ["forecast", "ageing"]) expect(html).toContain(`href="/flow/#${id}"`);
    for (const id of ["forecast", "ageing"]) expect(flow).toContain(`id="${id}"`);
    expect(flow).toContain("Forecast for Sprint 2");
    expect(flow).toMatch(
      /There is no forecast: it takes at least 10 whole weeks of the past, and \d+ are known/,
    );
    expect(flow).not.toMatch(/chart-forecast|chart-sample/);
  });

  it("has the numbers of each picture of its flow, where a picture would show a single point as well", async () => {
    const html = await textOf("flow/index.html");
    const sections = html
      .split(/<section /)
      .filter((part) => /id="(ageing|times|throughput|cumulative)"/.test(part));
    expect(sections).toHaveLength(4);
    for (const section of sections) expect(section).toMatch(/<details>.*<table.*<\/details>/s);
    const [, times, throughput] = sections;
    expect(times).not.toContain("<svg");
    expect(times).toContain("Show the delivery date on the order page");
    expect(throughput).toContain("<svg");
  });

  it("has sentences in place of empty sections, no chart of zeros, and no unit of days that nobody estimated", async () => {
    const [sprint, debt, sprints, kalm, posts] = await Promise.all(
      ["sprints/2", "debt", "sprints", "kalm", "posts"].map((path) => textOf(`${path}/index.html`)),
    );
    expect(sprint).toContain("No technical debt was opened, resolved or left in this sprint.");
    expect(sprint).toContain("No promises were made or answered in this sprint.");
    expect(sprint).not.toMatch(/median age|Nothing this time/);
    expect(sprint).not.toMatch(/<dd>0<small> d/);
    expect(debt).toContain("No technical debt has been recorded yet.");
    expect(`${debt}${sprints}`).not.toMatch(/chart-debt|chart-velocity|<table/);
    expect(kalm).toContain("No promises have been made yet.");
    expect(posts).toContain("There are no posts yet.");
  });
});
