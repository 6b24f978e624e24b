import { describe, expect, it } from "vitest";
import type { Charts } from "./charts.ts";
import type { Feed, Scene } from "./feed.ts";
import { emptyFleet } from "./fleet-state.ts";
import { createHistory } from "./history.ts";
import type { PanelParts } from "./panel-parts.ts";
import { createPicture } from "./picture.ts";
import { englishWords } from "./words.ts";

const latest = new Map([["a", new Map([["x", { at: 1, value: 2 }]])]]);
const shown = { fleet: { ...emptyFleet, latest }, until: 1000, status: "live" } as unknown as Scene;
const empty = { ...shown, fleet: emptyFleet };

/** A picture whose parts are no elements, and which notes when its table was filled and its charts were drawn. */
function start({ isCalm = false } = {}) {
  const told: string[] = [];
  const hidden = () => ({ hidden: true });
  const table = {
    get caption() {
      told.push("table");
      return { className: "", textContent: "" };
    },
    tHead: { rows: [], insertRow: () => row() },
    tBodies: [{ rows: [] as object[], insertRow: () => row() }],
  };
  const row = () => ({
    cells: [],
    appendChild: (cell: object) => cell,
    ownerDocument: { createElement: () => ({ textContent: "", setAttribute() {} }) },
  });
  const parts = {
    ...{ stale: { hidden: false }, pause: hidden(), grid: hidden(), scroll: hidden() },
    tableToggle: { ...hidden(), pressed: "", setAttribute: (_: string, to: string) => pressed.push(to) },
    table,
  };
  const pressed: string[] = [];
  const charts = { draw: () => told.push("charts") } as unknown as Charts;
  const history = createHistory({ windowMs: 1000, bucketMs: 100, leastMs: 1000 });
  const feed = { history, scene: () => shown } as unknown as Feed;
  const picture = createPicture(parts as unknown as PanelParts, charts, feed, () => isCalm, englishWords);
  return { picture, parts, told, pressed };
}

describe("the picture", () => {
  it("leaves the poster where it is until there is a reading, then takes its place with its buttons", () => {
    const { picture, parts, told } = start();
    picture.draw(empty, false, 1000);
    expect([parts.stale.hidden, parts.grid.hidden, parts.pause.hidden, told]).toEqual([
      false,
      true,
      true,
      [],
    ]);
    picture.draw(shown, false, 1100);
    expect([parts.stale.hidden, parts.grid.hidden, parts.pause.hidden, told]).toEqual([
      ...[true, false, false],
      ["charts"],
    ]);
    expect([parts.tableToggle.hidden, parts.scroll.hidden]).toEqual([false, true]);
  });

  it("takes the poster's place also while it is paused, and draws nothing then", () => {
    const { picture, parts, told } = start();
    picture.draw(shown, true, 1000);
    expect([parts.stale.hidden, told]).toEqual([true, []]);
  });

  it.each([
    [false, 10],
    [true, 1],
  ])(
    "is drawn no more often than it may be, for who asked for less motion (%s) once a second",
    (isCalm, most) => {
      const { picture, told } = start({ isCalm });
      for (let time = 5000; time < 6000; time += 16) picture.draw(shown, false, time);
      expect(told.length).toBeGreaterThanOrEqual(most - 2);
      expect(told.length).toBeLessThanOrEqual(most);
      expect(new Set(told)).toEqual(new Set(["charts"]));
    },
  );

  it("is a table or charts, drawn as soon as it changes, also where it is paused; and never both", () => {
    const { picture, parts, told, pressed } = start();
    picture.draw(shown, false, 1000);
    picture.toggleTable();
    expect([parts.grid.hidden, parts.scroll.hidden, told]).toEqual([true, false, ["charts", "table"]]);
    for (let time = 5000; time < 7000; time += 100) picture.draw(shown, false, time);
    expect(told).toEqual(["charts", "table", "table", "table"]);
    picture.draw(shown, true, 9000);
    picture.toggleTable();
    expect([parts.grid.hidden, parts.scroll.hidden, told.slice(4)]).toEqual([false, true, ["charts"]]);
    expect(pressed).toEqual(["true", "false"]);
  });
});
