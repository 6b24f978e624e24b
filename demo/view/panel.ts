import "./no-eval.ts";
import uplotStyles from "uplot/dist/uPlot.min.css?inline";
import { createCharts } from "./charts.ts";
import { createFeed, type Scene } from "./feed.ts";
import { readPalette } from "./palette.ts";
import { createPanelParts } from "./panel-parts.ts";
import { fillTable } from "./readings-table.ts";
import { STATUS_WORDS, type Status } from "./status.ts";
import { viewStyles } from "./styles.ts";
import { ageText, summaryOf } from "./summary.ts";

export interface PanelSettings {
  url: URL;
  recordingUrl: URL | null;
  /** When the recording was made, in words: "on 23 November 2026". */
  recordedOn: string;
}

/** What the panel tells its element. */
export interface PanelReport {
  status: Status;
  epoch: string | null;
  offset: number;
  gaps: number;
  resyncs: number;
}

const SPAN = { windowMs: 90_000, bucketMs: 1000, leastMs: 20_000 };
/** Charts are drawn no more often than this, ms; seldom for visitors who asked for less motion. */
const DRAW_MS = 100;
const CALM_DRAW_MS = 1000;
const TABLE_MS = 1000;
/** A screen reader is told of a changed state soon, of new values seldom. */
const ANNOUNCE_STATE_MS = 4000;
const ANNOUNCE_VALUES_MS = 30_000;

/** Fills a shadow root with the live view and keeps it up to date until `destroy`. */
export function createPanel(
  root: ShadowRoot,
  settings: PanelSettings,
  report: (report: PanelReport) => void,
) {
  adoptStyles(root);
  const parts = createPanelParts(root);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  let palette = readPalette(root);
  const charts = createCharts(parts.grid, () => palette);
  const feed = createFeed({
    ...settings,
    span: SPAN,
    clock: Date.now,
    random: Math.random,
    isOnline: () => navigator.onLine,
    fetchText: async (url) => {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`the recording answered ${response.status}`);
      return response.text();
    },
    changed: () => requestDraw(),
  });
  let isPaused = false;
  let isVisible = true;
  let showsTable = false;
  let frame = 0;
  let drawnAt = 0;
  let tableAt = 0;
  let announcedAt = 0;
  let announced: Status | null = null;
  let restStatus: Status | null = null;

  function requestDraw(): void {
    if (frame === 0 && isVisible) frame = requestAnimationFrame(draw);
  }

  function draw(time: number): void {
    frame = 0;
    const scene = feed.scene();
    report({ status: scene.status, ...feed.counts() });
    showState(scene);
    if (scene.fleet.latest.size === 0) return;
    takeOver();
    if (isPaused) return;
    if (!showsTable && time - drawnAt >= (calm.matches ? CALM_DRAW_MS : DRAW_MS)) {
      drawnAt = time;
      charts.draw(feed.history, scene.until);
    }
    if (showsTable && time - tableAt >= TABLE_MS) {
      tableAt = time;
      fillTable(parts.table, scene);
    }
  }

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

  function showState(scene: Scene): void {
    const { status } = scene;
    setText(parts.badge, status === "replay" ? "Recording" : STATUS_WORDS[status]);
    parts.badge.dataset.status = status;
    const age = ageText(scene, settings.recordedOn);
    setText(parts.age, isPaused ? `${age}; paused` : age);
    parts.goLive.hidden = !scene.canGoLive;
    parts.replay.hidden = !(scene.canReplay || scene.isOver);
    setText(parts.replay, scene.isOver ? "Play again" : "Play the recording");
    announce(scene);
    if (status === "replay" && restStatus !== "replay" && calm.matches) feed.playToEnd();
    restStatus = status;
  }

  function announce(scene: Scene): void {
    const now = performance.now();
    const wait = scene.status === announced ? ANNOUNCE_VALUES_MS : ANNOUNCE_STATE_MS;
    if (announced !== null && now - announcedAt < wait) return;
    if (scene.status === announced && isPaused) return;
    announced = scene.status;
    announcedAt = now;
    setText(parts.announcer, summaryOf(scene, settings.recordedOn));
  }

  const stop = new AbortController();
  const on = (target: EventTarget, type: string, listener: () => void) =>
    target.addEventListener(type, listener, { signal: stop.signal });
  on(parts.pause, "click", () => {
    isPaused = !isPaused;
    parts.pause.setAttribute("aria-pressed", `${isPaused}`);
    requestDraw();
  });
  on(parts.tableToggle, "click", () => {
    showsTable = !showsTable;
    parts.tableToggle.setAttribute("aria-pressed", `${showsTable}`);
    showWhich();
    const scene = feed.scene();
    if (showsTable) fillTable(parts.table, scene);
    else charts.draw(feed.history, scene.until);
  });
  on(parts.goLive, "click", () => {
    charts.clear();
    feed.goLive();
  });
  on(parts.replay, "click", () => {
    charts.clear();
    if (feed.scene().isOver) feed.restart();
    else void feed.replay();
  });
  on(scheme, "change", () => {
    palette = readPalette(root);
    charts.redraw();
  });
  const ticker = setInterval(() => {
    feed.tick(isPaused);
    requestDraw();
  }, DRAW_MS);

  feed.start();
  requestDraw();
  return {
    /** Off the screen nothing is drawn; readings are still taken. */
    setVisible(visible: boolean): void {
      isVisible = visible;
      if (visible) requestDraw();
    },
    /** In a hidden tab the connection rests; on return it goes on from its offset. */
    setAwake(awake: boolean): void {
      if (awake) feed.start();
      else feed.stop();
    },
    destroy(): void {
      stop.abort();
      clearInterval(ticker);
      cancelAnimationFrame(frame);
      feed.stop();
      charts.destroy();
      root.replaceChildren(root.ownerDocument.createElement("slot"));
    },
  };
}

export type Panel = ReturnType<typeof createPanel>;

function adoptStyles(root: ShadowRoot): void {
  root.adoptedStyleSheets = [uplotStyles, viewStyles].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
}

function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
