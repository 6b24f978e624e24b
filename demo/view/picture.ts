import type { Charts } from "./charts.ts";
import type { Feed, Scene } from "./feed.ts";
import type { PanelParts } from "./panel-parts.ts";
import { fillTable } from "./readings-table.ts";
import type { ViewWords } from "./words.ts";

/** Charts are drawn no more often than this, ms; seldom for visitors who asked for less motion. */
export const DRAW_MS = 100;
const CALM_DRAW_MS = 1000;
const TABLE_MS = 1000;

/** Keeps charts or table up to date, whichever is shown. */
export function createPicture(
  parts: PanelParts,
  charts: Charts,
  feed: Feed,
  isCalm: () => boolean,
  words: ViewWords,
) {
  let showsTable = false;
  let drawnAt = 0;
  let tableAt = 0;

  /** Takes the place of the poster, once there are readings. */
  function takeOver(): void {
    if (parts.stale.hidden) return;
    parts.stale.hidden = true;
    parts.pause.hidden = false;
    parts.tableToggle.hidden = false;
    showWhich();
  }

  function showWhich(): void {
    parts.grid.hidden = showsTable;
    parts.scroll.hidden = !showsTable;
  }

  return {
    /** @param time of the frame, ms */
    draw(scene: Scene, isPaused: boolean, time: number): void {
      if (scene.fleet.latest.size === 0) return;
      takeOver();
      if (isPaused) return;
      if (!showsTable && time - drawnAt >= (isCalm() ? CALM_DRAW_MS : DRAW_MS)) {
        drawnAt = time;
        charts.draw(feed.history, scene.until);
      }
      if (showsTable && time - tableAt >= TABLE_MS) {
        tableAt = time;
        fillTable(parts.table, scene, words);
      }
    },
    toggleTable(): void {
      showsTable = !showsTable;
      parts.tableToggle.setAttribute("aria-pressed", `${showsTable}`);
      showWhich();
      const scene = feed.scene();
      if (showsTable) fillTable(parts.table, scene, words);
      else charts.draw(feed.history, scene.until);
    },
  };
}
