import { fill, type Numbers, numbersOf } from "sprintcast/words";
import {
  type CompactReplay,
  cardName,
  restingIn,
  type Standing,
  standingAt,
  tallyText,
  usedLanes,
} from "../view-models/replay.ts";

const crowd = 48; // from here on cards are shown by number alone

/** The lanes of the any-instant board: puts each card where it stands and lets it glide there (FLIP). */
export class Stage {
  readonly #moves: () => boolean;
  readonly #lists: HTMLUListElement[] = [];
  readonly #tallies: HTMLElement[] = [];
  /** Lanes that hold more than the sprint's cards, which are all that is shown here. */
  readonly #shared: ReadonlySet<number>;
  readonly #chips: HTMLLIElement[];
  readonly #names: string[];
  readonly #isSized: boolean;
  readonly #texts: CompactReplay["texts"];
  readonly #numbers: Numbers;
  readonly #isCrowded: boolean;
  /** What is shown, so that only what differs from it is touched: a board may hold thousands of cards. */
  #shown: { lane: number[]; title: string[]; days: (number | null | undefined)[]; moved: number };

  constructor(root: HTMLElement, data: CompactReplay & { roles: [string, string][] }, moves: () => boolean) {
    this.#moves = moves;
    this.#texts = data.texts;
    this.#numbers = numbersOf(data.locale, data.language);
    this.#shown = {
      lane: data.cards.map(() => -1),
      title: data.cards.map(([, title]) => title),
      days: data.cards.map(() => undefined),
      moved: -1,
    };
    this.#isCrowded = data.cards.length > crowd;
    root.toggleAttribute("data-crowded", this.#isCrowded);
    const roles = new Map(data.roles);
    const lanesOf = (role: string) =>
      new Set(data.lanes.flatMap((name, lane) => (roles.get(name) === role ? [lane] : [])));
    const done = lanesOf("done");
    this.#shared = lanesOf("backlog");
    const resting = this.#isCrowded ? restingIn(data, done) : new Set<number>();
    const start = standingAt(data, 0).lane;
    this.#isSized = data.moves.some(([, , , days]) => days !== null);
    const used = usedLanes(data);
    for (const [index, name] of data.lanes.entries()) {
      const lane = element("div", `stage-lane l-${roles.get(name) ?? "sprint"}`);
      const head = element("h3");
      const tally = element("span");
      const list = element("ul", "plain");
      // A name turns none of what stands beside it.
      head.append(element("bdi", "", name), tally);
      lane.append(head, list);
      const before = [...resting].filter((card) => start[card] === index).length;
      if (before > 0)
        lane.append(
          element(
            "p",
            "quiet small",
            fill(data.texts.resting, () => this.#numbers.numeral(before)),
          ),
        );
      if (used.has(index)) root.append(lane);
      this.#lists.push(list);
      this.#tallies.push(tally);
    }
    this.#names = data.cards.map(cardName);
    this.#chips = data.cards.map(([, title], card) => {
      const name = this.#names[card] ?? "";
      const chip = element("li", "chip");
      chip.hidden = resting.has(card);
      chip.title = `${name} ${title}`;
      chip.append(element("span", "i", name), element("span", "t", title), element("span", "d"));
      return chip;
    });
  }

  /** @param moved index of the card to point out, −1 for none. */
  show(standing: Standing, moved: number): void {
    const shown = this.#shown;
    const changed = standing.lane.flatMap((lane, card) => (lane === shown.lane[card] ? [] : [card]));
    const glide = this.#moves() && changed.length > 0 && changed.length < 12;
    const before = glide ? this.#boxes(changed) : new Map<HTMLElement, DOMRect>();
    this.#place(standing.lane, new Set(changed));
    this.#chips.forEach((chip, card) => {
      const [title, days] = [standing.title[card] ?? "", standing.days[card] ?? null];
      if (title !== shown.title[card]) this.#name(chip, card, title);
      if (days !== shown.days[card]) this.#size(chip, days);
    });
    if (moved !== shown.moved) {
      this.#chips[shown.moved]?.classList.remove("moved");
      this.#chips[moved]?.classList.add("moved");
    }
    this.#tally(standing);
    this.#shown = { ...standing, moved };
    for (const [chip, from] of before) slide(chip, from);
  }

  /** A card bears the title of the instant. */
  #name(chip: HTMLElement, card: number, title: string): void {
    chip.title = `${this.#names[card]} ${title}`;
    const named = chip.querySelector(".t");
    if (named) named.textContent = title;
  }

  #size(chip: HTMLElement, days: number | null): void {
    const amount = chip.querySelector(".d");
    const unknown = this.#isSized ? this.#texts.unknownSize : "";
    if (amount) amount.textContent = days === null ? unknown : this.#numbers.numeral(days);
  }

  /**
   * Cards keep the order of their numbers within a lane, so that dragging back undoes dragging forth. From the last card
   * to the first, each before the one that came last into its lane.
   */
  #place(lanes: readonly number[], changed: ReadonlySet<number>): void {
    const next = new Map<number, HTMLElement>();
    for (let card = lanes.length - 1; card >= 0 && changed.size > 0; card -= 1) {
      const [lane, chip] = [lanes[card] ?? -1, this.#chips[card]];
      const list = this.#lists[lane];
      if (!chip) continue;
      if (changed.has(card)) {
        if (list) list.insertBefore(chip, next.get(lane) ?? null);
        else chip.remove();
      }
      next.set(lane, chip);
    }
  }

  /** Of the lanes whose cards or sizes changed. */
  #tally({ lane, days }: Standing): void {
    const shown = this.#shown;
    const touched = new Map<number, (number | null)[]>();
    lane.forEach((at, card) => {
      const was = shown.lane[card] ?? -1;
      if (at === was && (days[card] ?? null) === shown.days[card]) return;
      for (const one of [at, was]) touched.set(one, []);
    });
    // Before anything was shown, no lane says anything, those without a card neither.
    if (shown.days.includes(undefined) || lane.length === 0)
      for (const one of this.#tallies.keys()) touched.set(one, []);
    lane.forEach((at, card) => {
      touched.get(at)?.push(days[card] ?? null);
    });
    for (const [at, sizes] of touched) {
      const tally = this.#tallies[at];
      if (tally) tally.textContent = tallyText(sizes, this.#shared.has(at), this.#texts, this.#numbers);
    }
  }

  /** Where cards lie that will glide; of a crowd those alone that change their lane. */
  #boxes(changed: readonly number[]): Map<HTMLElement, DOMRect> {
    const chips = this.#isCrowded ? changed.flatMap((card) => this.#chips[card] ?? []) : this.#chips;
    const shown = chips.filter((chip) => chip.isConnected);
    return new Map(shown.map((chip) => [chip, chip.getBoundingClientRect()]));
  }
}

function slide(chip: HTMLElement, from: DOMRect): void {
  if (!chip.isConnected) return;
  const to = chip.getBoundingClientRect();
  const [x, y] = [from.left - to.left, from.top - to.top];
  if (!x && !y) return;
  chip.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }], {
    duration: 260,
    easing: "cubic-bezier(0.2, 0.8, 0.2, 1)",
  });
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className = "",
  text = "",
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
