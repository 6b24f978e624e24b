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
  #lane: number[];

  constructor(root: HTMLElement, data: CompactReplay & { roles: [string, string][] }, moves: () => boolean) {
    this.#moves = moves;
    this.#texts = data.texts;
    this.#numbers = numbersOf(data.locale, data.language);
    this.#lane = data.cards.map(() => -1);
    const isCrowded = data.cards.length > crowd;
    root.toggleAttribute("data-crowded", isCrowded);
    const roles = new Map(data.roles);
    const lanesOf = (role: string) =>
      new Set(data.lanes.flatMap((name, lane) => (roles.get(name) === role ? [lane] : [])));
    const done = lanesOf("done");
    this.#shared = lanesOf("backlog");
    const resting = isCrowded ? restingIn(data, done) : new Set<number>();
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
    const changed = standing.lane.flatMap((lane, card) => (lane === this.#lane[card] ? [] : [card]));
    const glide = this.#moves() && changed.length > 0 && changed.length < 12;
    const before = glide ? this.#boxes() : new Map<HTMLElement, DOMRect>();
    for (const card of changed) this.#place(card, standing.lane[card] ?? -1);
    this.#lane = standing.lane;
    this.#chips.forEach((chip, card) => {
      chip.classList.toggle("moved", card === moved);
      this.#name(chip, card, standing.title[card] ?? "");
      const days = standing.days[card];
      const text =
        days === null || days === undefined
          ? this.#isSized
            ? this.#texts.unknownSize
            : ""
          : this.#numbers.numeral(days);
      const amount = chip.lastElementChild;
      if (amount !== null && amount.textContent !== text) amount.textContent = text;
    });
    this.#tally(standing);
    for (const [chip, from] of before) slide(chip, from);
  }

  /** A card bears the title of the instant. */
  #name(chip: HTMLElement, card: number, title: string): void {
    const text = `${this.#names[card]} ${title}`;
    if (chip.title === text) return;
    chip.title = text;
    const named = chip.querySelector(".t");
    if (named) named.textContent = title;
  }

  /** Cards keep the order of their numbers within a lane, so that dragging back undoes dragging forth. */
  #place(card: number, lane: number): void {
    const chip = this.#chips[card];
    if (!chip) return;
    const list = this.#lists[lane];
    if (!list) {
      chip.remove();
      return;
    }
    const after = this.#chips.find((other, index) => index > card && other.parentElement === list);
    list.insertBefore(chip, after ?? null);
  }

  #tally(standing: Standing): void {
    this.#tallies.forEach((tally, lane) => {
      const inside = standing.lane.flatMap((at, card) => (at === lane ? [standing.days[card] ?? null] : []));
      tally.textContent = tallyText(inside, this.#shared.has(lane), this.#texts, this.#numbers);
    });
  }

  #boxes(): Map<HTMLElement, DOMRect> {
    const shown = this.#chips.filter((chip) => chip.isConnected);
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
