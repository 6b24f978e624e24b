import "./no-eval.ts";
import uplotStyles from "uplot/dist/uPlot.min.css?inline";
import { createAnnouncer } from "./announcer.ts";
import { createCharts } from "./charts.ts";
import { createFeed, type Feed, type Scene } from "./feed.ts";
import { readPalette } from "./palette.ts";
import { createPanelParts, type PanelParts } from "./panel-parts.ts";
import { createPicture, DRAW_MS } from "./picture.ts";
import type { Status } from "./status.ts";
import { viewStyles } from "./styles.ts";
import { ageText } from "./summary.ts";
import type { ViewWords } from "./words.ts";

export interface PanelSettings {
  url: URL;
  recordingUrl: URL | null;
  /** When the recording was made, in words: "on 23 November 2026". */
  recordedOn: string;
  words: ViewWords;
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

/** Fills a shadow root with the live view and keeps it up to date until `destroy`. */
export function createPanel(
  root: ShadowRoot,
  settings: PanelSettings,
  report: (report: PanelReport) => void,
) {
  adoptStyles(root);
  const parts = createPanelParts(root, settings.words);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  let palette = readPalette(root);
  const charts = createCharts(parts.grid, () => palette, settings.words);
  const feed = feedOf(settings, () => frames.request());
  const picture = createPicture(parts, charts, feed, () => calm.matches, settings.words);
  const announce = createAnnouncer(
    settings.recordedOn,
    () => performance.now(),
    (text) => setText(parts.announcer, text),
    settings.words,
  );
  const stop = new AbortController();
  const frames = createFrames(draw);
  let isPaused = false;
  let shownStatus: Status | null = null;

  function draw(time: number): void {
    const scene = feed.scene();
    report({ status: scene.status, ...feed.counts() });
    showState(parts, scene, settings, isPaused);
    announce(scene, isPaused);
    if (scene.status === "replay" && shownStatus !== "replay" && calm.matches) feed.playToEnd();
    shownStatus = scene.status;
    picture.draw(scene, isPaused, time);
  }

  bindControls(parts, stop.signal, {
    pause() {
      isPaused = !isPaused;
      parts.pause.setAttribute("aria-pressed", `${isPaused}`);
      frames.request();
    },
    table: () => picture.toggleTable(),
    goLive() {
      charts.clear();
      feed.goLive();
    },
    replay() {
      charts.clear();
      if (feed.scene().isOver) feed.restart();
      else void feed.replay();
    },
  });
  const repaint = () => {
    palette = readPalette(root);
    charts.redraw();
  };
  scheme.addEventListener("change", repaint, { signal: stop.signal });
  const ticker = setInterval(() => {
    feed.tick(isPaused);
    frames.request();
  }, DRAW_MS);

  feed.start();
  frames.request();
  return {
    /** Off the screen nothing is drawn; readings are still taken. */
    setVisible: frames.setVisible,
    /** In a hidden tab the connection rests; on return it goes on from its offset. */
    setAwake(awake: boolean): void {
      if (awake) feed.start();
      else feed.stop();
    },
    destroy(): void {
      stop.abort();
      clearInterval(ticker);
      frames.cancel();
      feed.stop();
      charts.destroy();
      root.replaceChildren(root.ownerDocument.createElement("slot"));
    },
  };
}

export type Panel = ReturnType<typeof createPanel>;

/** Draws in the browser's next frame, once however often it was asked, and not while nobody can see it. */
function createFrames(draw: (time: number) => void) {
  let frame = 0;
  let isVisible = true;

  function request(): void {
    if (frame !== 0 || !isVisible) return;
    frame = requestAnimationFrame((time) => {
      frame = 0;
      draw(time);
    });
  }

  return {
    request,
    setVisible(visible: boolean): void {
      isVisible = visible;
      if (visible) request();
    },
    cancel: () => cancelAnimationFrame(frame),
  };
}

function feedOf({ url, recordingUrl }: PanelSettings, changed: () => void): Feed {
  return createFeed({
    url,
    recordingUrl,
    span: SPAN,
    clock: Date.now,
    random: Math.random,
    isOnline: () => navigator.onLine,
    fetchText: async (address) => {
      const response = await fetch(address);
      if (!response.ok) throw new Error(`the recording answered ${response.status}`);
      return response.text();
    },
    changed,
  });
}

function showState(
  parts: PanelParts,
  scene: Scene,
  { recordedOn, words }: Pick<PanelSettings, "recordedOn" | "words">,
  isPaused: boolean,
): void {
  const { fill, texts } = words;
  const { status } = scene;
  setText(parts.badge, texts.status[status]);
  parts.badge.dataset.status = status;
  const age = ageText(scene, recordedOn, words);
  setText(parts.age, isPaused ? fill(texts.paused, { age }) : age);
  parts.goLive.hidden = !scene.canGoLive;
  parts.replay.hidden = !(scene.canReplay || scene.isOver);
  setText(parts.replay, scene.isOver ? texts.playAgain : texts.play);
}

function bindControls(
  parts: PanelParts,
  signal: AbortSignal,
  actions: Record<"pause" | "table" | "goLive" | "replay", () => void>,
): void {
  parts.pause.addEventListener("click", actions.pause, { signal });
  parts.tableToggle.addEventListener("click", actions.table, { signal });
  parts.goLive.addEventListener("click", actions.goLive, { signal });
  parts.replay.addEventListener("click", actions.replay, { signal });
}

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
