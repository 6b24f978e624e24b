import { expect, it } from "vitest";
import { siteInBrowser } from "../testing/site-in-browser.ts";

const { open } = siteInBrowser("rtl");

it.each(["/", "/sprints/3/", "/live/"])("%s says its direction", async (path) => {
  const page = await open(path);
  expect(await page.locator("html").getAttribute("dir")).toBe("rtl");
});

it("mirrors the page, and no chart", async () => {
  const page = await open("/sprints/3/");
  const [name, nav] = await Promise.all(
    [".masthead .name", ".masthead nav"].map((selector) => page.locator(selector).boundingBox()),
  );
  expect(name!.x).toBeGreaterThan(nav!.x + nav!.width);
  const lanes = await page
    .locator("#board-end .lane")
    .evaluateAll((all) => all.map((lane) => lane.getBoundingClientRect().x));
  expect(lanes.length).toBeGreaterThan(3);
  expect(lanes).toEqual(lanes.toSorted((a, b) => b - a));
  const [axis, numbers, names] = await page
    .locator(".chart-burndown:visible")
    .first()
    .evaluate((chart) => {
      const box = (one: Element | undefined) => one!.getBoundingClientRect();
      const texts = [...chart.querySelectorAll("text")];
      return [
        box(chart.querySelector("line")!).left,
        box(texts.find(({ textContent }) => textContent === "٠")).right,
        box(texts.find(({ textContent }) => /remaining$/.test(textContent ?? ""))).left,
      ];
    });
  expect(numbers).toBeLessThan(axis!);
  expect(names).toBeGreaterThan(axis! + 100);
});

it("plays the board from left to right", async () => {
  const page = await open("/sprints/3/");
  const range = page.locator("[data-range]");
  await page.locator("[data-player]").waitFor({ state: "visible" });
  await range.scrollIntoViewIfNeeded();
  const box = (await range.boundingBox())!;
  await page.mouse.click(box.x + box.width * 0.3, box.y + 20);
  const share = await range.evaluate((input: HTMLInputElement) => Number(input.value) / Number(input.max));
  expect(Math.abs(share - 0.3)).toBeLessThan(0.03);
});

it("begins each figure where its label begins, and ends each number where its heading ends", async () => {
  for (const path of ["/", "/sprints/3/"]) {
    const page = await open(path);
    const apart = await page.locator(".tallies > div, .figure > summary").evaluateAll((figures) =>
      figures.map((figure) => {
        const right = (one: Element | null) => one?.getBoundingClientRect().right ?? Number.NaN;
        const [value, label, sign] = [".value, dd", ".label, dt", ".sign"].map((one) =>
          figure.querySelector(one),
        );
        return sign
          ? right(value ?? null) - sign.getBoundingClientRect().left
          : right(value ?? null) - right(label ?? null);
      }),
    );
    expect(apart.length).toBeGreaterThan(4);
    for (const one of apart) expect(Math.abs(one), path).toBeLessThan(12);
  }
  const page = await open("/debt/");
  const off = await page
    .locator("main table:has(td.n):not(details *)")
    .first()
    .evaluate((table) => {
      const ends = (row: Element | null) =>
        [...(row?.querySelectorAll(".n") ?? [])].map((cell) => {
          const words = document.createRange();
          words.selectNodeContents(cell);
          return words.getBoundingClientRect().left;
        });
      const [heads, numbers] = [
        ends(table.querySelector("thead tr:last-child")),
        ends(table.querySelector("tbody tr")),
      ];
      return heads.map((head, index) => Math.abs(head - (numbers[index] ?? Number.NaN)));
    });
  expect(off.length).toBeGreaterThan(4);
  for (const one of off) expect(one).toBeLessThan(2);
});
