import { fill } from "sprintcast/words";
import { timeWords } from "../view-models/format.ts";
import {
  type CompactReplay,
  clockAt,
  eventAt,
  hashOfInstant,
  instantFromHash,
  instantOfKey,
  nextStop,
  standingAt,
  stops,
} from "../view-models/replay.ts";
import { Stage } from "./replay-board.ts";

type Data = CompactReplay & { roles: [string, string][] };

const playedIn = 24; // seconds for a whole sprint

/** Brings every board player under `root` to life; without it, or without its data, the event list still reads. */
export async function mountReplays(root: ParentNode): Promise<void> {
  const elements = [...root.querySelectorAll<HTMLElement>("[data-replay]")];
  // Each by itself: what one lacks is no reason for the next to stay a list.
  await Promise.all(
    elements.map((element) =>
      mountOne(element).catch((error: unknown) => {
        console.warn("This board's replay could not be loaded, so its list of events stays:", error);
      }),
    ),
  );
}

async function mountOne(element: HTMLElement): Promise<void> {
  const answer = await fetch(element.dataset.replay ?? "");
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
  mount(element, (await answer.json()) as Data);
}

function mount(element: HTMLElement, data: Data): void {
  const player = createPlayer(element, data);
  linkLog(player.entries, data);
  takeKeys(player, stops(data));
  takePointer(player, stops(data));
  const fromAddress = () => {
    const seconds = instantFromHash(location.hash, data);
    if (seconds === null) return false;
    player.stop();
    player.show(Math.min(seconds, player.length));
    return true;
  };
  addEventListener("hashchange", fromAddress);
  player.find("[data-player]").hidden = false;
  if (fromAddress()) element.scrollIntoView({ block: "start" });
  else player.show(player.length);
}

type Player = ReturnType<typeof createPlayer>;

/** The board at any second of the sprint, and what moves it. */
function createPlayer(element: HTMLElement, data: Data) {
  const find = <E extends HTMLElement>(selector: string): E => {
    const found = element.querySelector<E>(selector);
    if (found === null) throw new TypeError(`the player has no ${selector}`);
    return found;
  };
  const range = find<HTMLInputElement>("[data-range]");
  const play = find<HTMLButtonElement>("[data-play]");
  const entries = [...element.querySelectorAll<HTMLLIElement>("[data-log] > li")];
  const words = timeWords(data.zone, data.locale);
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const stage = new Stage(find("[data-stage]"), data, () => !still.matches);
  // A running sprint is known up to its last sync; what lies ahead has no board.
  const length = Number(element.dataset.known);
  const [told, time] = [find("[data-now]"), find("[data-clock]")];
  const mark = createLog(entries);
  let frame = 0;
  /** The picture that will show where the slider was dragged to. */
  let dragged = 0;

  /** Nobody can listen to events as fast as they are played, or wants to hear of one before they asked. */
  const announce = (how: "polite" | "off") => {
    // As an attribute: browsers in long-term support do not know it as a property.
    for (const one of [told, time])
      if (one.getAttribute("aria-live") !== how) one.setAttribute("aria-live", how);
  };
  const now = () => Number(range.value);
  const show = (seconds: number) => {
    cancelAnimationFrame(dragged);
    dragged = 0;
    const standing = standingAt(data, seconds);
    const { card, text: event } = eventAt(data, seconds, standing);
    stage.show(standing, card);
    range.value = String(seconds);
    const clock = words.full(clockAt(data.t0 + seconds * 1000, data.t1));
    time.textContent = clock;
    told.textContent = event;
    range.setAttribute(
      "aria-valuetext",
      fill(data.texts.moment, (slot) => ({ clock, event })[slot]),
    );
    mark(seconds);
  };
  /** A slider tells of more places than a screen shows pictures: the last one before each is drawn. */
  const drag = () => {
    range.value = String(Math.min(now(), length));
    dragged ||= requestAnimationFrame(() => show(now()));
  };
  const dropped = () => {
    if (dragged) show(now());
    settle();
  };
  const settle = () => history.replaceState(history.state, "", hashOfInstant(now(), data));
  const stop = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    play.textContent = data.texts.play;
    announce("polite");
  };
  const go = (seconds: number) => {
    stop();
    show(Math.min(Math.max(seconds, 0), length));
    settle();
  };
  const run = () => {
    let from = now() >= length ? 0 : now();
    let last = performance.now();
    play.textContent = data.texts.pause;
    announce("off");
    const tick = (time: number) => {
      from = Math.min(length, from + ((time - last) / 1000 / playedIn) * length);
      last = time;
      show(Math.round(from));
      if (from < length) frame = requestAnimationFrame(tick);
      else go(length);
    };
    frame = requestAnimationFrame(tick);
  };
  const toggle = () => (frame ? go(now()) : run());
  return { element, find, range, play, entries, length, now, show, stop, go, toggle, drag, dropped };
}

function takeKeys({ range, length, now, go }: Player, all: ReturnType<typeof stops>): void {
  range.addEventListener("keydown", (event) => {
    const to = instantOfKey(event.key, now(), all, length);
    if (to === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(to);
  });
}

function takePointer(player: Player, all: ReturnType<typeof stops>): void {
  const { element, range, play, length, now, stop, go, toggle, drag, dropped } = player;
  range.addEventListener("input", () => {
    stop();
    drag();
  });
  range.addEventListener("change", dropped);
  for (const button of element.querySelectorAll<HTMLButtonElement>("[data-step]")) {
    const direction = button.dataset.step === "1" ? 1 : -1;
    button.addEventListener("click", () => go(nextStop(all, now(), direction, length)));
  }
  play.addEventListener("click", toggle);
}

/** The time of each event leads to the board of that instant, which only the player can show. */
function linkLog(entries: HTMLLIElement[], data: Data): void {
  for (const entry of entries) {
    const time = entry.firstChild;
    const link = document.createElement("a");
    link.href = hashOfInstant(Number(entry.dataset.s), data);
    link.textContent = time?.textContent ?? "";
    time?.replaceWith(link);
  }
}

/** Marks what has happened by a second of the sprint; entries that stay as they are, are not touched. */
function createLog(entries: HTMLLIElement[]): (seconds: number) => void {
  const log = entries.map((entry) => ({ entry, at: Number(entry.dataset.s), isAhead: false }));
  // Only the list itself may scroll, never the page.
  const list = entries[0]?.closest<HTMLElement>(".log-list");
  let marked: HTMLLIElement | undefined;
  return (seconds) => {
    for (const line of log) {
      if (line.at > seconds === line.isAhead) continue;
      line.isAhead = !line.isAhead;
      line.entry.toggleAttribute("data-ahead", line.isAhead);
    }
    const current = log.findLast(({ isAhead }) => !isAhead)?.entry;
    if (current !== marked) {
      marked?.removeAttribute("data-now");
      current?.setAttribute("data-now", "");
      marked = current;
    }
    if (list) list.scrollTop = current ? current.offsetTop - list.clientHeight / 2 : 0;
  };
}
