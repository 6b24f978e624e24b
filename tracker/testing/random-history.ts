import { present } from "../core/model/present.ts";
import type { Sprint } from "../core/model/sprint.ts";
import { randomOf } from "./random.ts";
import { on, sprintOf } from "./timelines.ts";

/** One thing that happened to an issue, as plainly as it can be said. Of one instant, in the order of the list. */
export type RawEvent = { at: number } & (
  | { kind: "labeled" | "unlabeled"; label: string }
  | { kind: "sprint"; sprint: number | null }
  | { kind: "closed"; reason: "completed" | "not_planned" | "duplicate" }
  | { kind: "reopened" | "converted" | "transferred" | "deleted" }
  | { kind: "retitled"; title: string }
  /** `counts`: noon of an earlier day for which it is said; absent: it counts from when it is said. */
  | { kind: "spent"; hours: number; counts?: number }
  /** The comment of the nth time that effort was said, from 0, is deleted. */
  | { kind: "unsaid"; nth: number }
  /** All effort so far is written into a field of the issue; null: it is emptied. */
  | { kind: "effort"; days: number | null }
  /** Another repository's issue may have the number of one of these. */
  | { kind: "parent"; parent: number | string | null }
  | { kind: "type"; type: string | null }
  /** It begins or ceases to wait for that issue: one of these, one that nobody ever saw, or another repository's. */
  | { kind: "blocked" | "unblocked"; by: number | string }
);

export interface RawIssue {
  number: number;
  createdAt: number;
  events: RawEvent[];
}

/** Some issues and sprints whose history nobody designed. Instants in epoch milliseconds, whole seconds. */
export interface RawHistory {
  sprints: Sprint[];
  issues: RawIssue[];
  /** Up to when history is known; it may fall into the last sprint. */
  asOf: number;
}

interface Dice {
  below(n: number): number;
  pick<T>(list: readonly T[]): T;
  chance(share: number): boolean;
}

function diceOf(seed: number): Dice {
  const random = randomOf(seed);
  const below = (n: number) => Math.floor(random() * n);
  return {
    below,
    pick: <T>(list: readonly T[]) => list[below(list.length)] as T,
    chance: (share) => random() < share,
  };
}

const hour = 3_600_000;
const day = 24 * hour;
const sizes = ["size: S", "size: M", "size: L", "size: 2.5"];
const closings = ["completed", "not_planned", "duplicate"] as const;
const types = ["Bug", "Feature", "Debt", null];
const efforts = ["actual: S", "actual: M", "actual: L", "actual: 3"];

/** The same history for the same seed, on any machine. */
export function randomHistory(seed: number): RawHistory {
  const dice = diceOf(seed);
  const sprints = sprintsOf(dice);
  const marks = sprints.flatMap(({ start, end, grace }) => [
    start,
    start + grace,
    end,
    end - 1000,
    start - 1000,
  ]);
  const asOf = dice.chance(0.8) ? on("30") : present(sprints.at(-1)).start + (1 + dice.below(4)) * 12 * hour;
  const issues = Array.from({ length: 3 + dice.below(7) }, (_, index) => issueOf(index + 1, dice, marks));
  return { sprints, issues, asOf };
}

/** Three sprints, with a gap between them or none, and in some teams a first day of planning. */
function sprintsOf(dice: Dice): Sprint[] {
  const grace = dice.pick([0, 0, 9 * hour, 24 * hour]);
  const isGapless = dice.chance(0.3);
  return [1, 2, 3].map((number) => {
    const sprint = sprintOf(number, { grace });
    return isGapless && number < 3 ? { ...sprint, end: sprintOf(number + 1).start } : sprint;
  });
}

function issueOf(number: number, dice: Dice, marks: readonly number[]): RawIssue {
  const [first, last] = [on("02"), on("29")];
  const instants = Array.from({ length: 2 + dice.below(16) }, () =>
    dice.chance(0.15) ? dice.pick(marks) : first + dice.below((last - first) / 1000) * 1000,
  ).sort((a, b) => a - b);
  const createdAt = Math.min(present(instants[0]), dice.chance(0.7) ? first : present(instants[0]));
  const life = new Life(number);
  // Every other change falls into the same second as the one before, as bots and scripts do it.
  for (const at of instants.flatMap((one) => (dice.chance(0.12) ? [one, one] : [one]))) life.change(at, dice);
  return { number, createdAt, events: life.events };
}

/** An issue as GitHub would let it change: nothing is closed twice, no label is put on twice. */
class Life {
  readonly events: RawEvent[] = [];
  readonly #number: number;
  readonly #labels = new Set<string>();
  readonly #said: number[] = [];
  readonly #unsaid = new Set<number>();
  #isOpen = true;
  /** Null: it is open, or a discussion. */
  #closedAs: (typeof closings)[number] | null = null;
  #isGone = false;
  #sprint: number | null = null;
  #sprintAt = 0;
  #parent: number | string | null = null;
  #parentAt = 0;
  #type: string | null = null;
  readonly #blockers = new Set<number | string>();

  constructor(number: number) {
    this.#number = number;
  }

  change(at: number, dice: Dice): void {
    if (this.#isGone) return;
    const roll = dice.below(115);
    if (roll >= 108) this.#retype(at, dice);
    else if (roll >= 100) this.#block(at, dice);
    else if (roll < 22) this.#move(at, dice);
    else if (roll < 38) this.#size(at, dice);
    else if (roll < 46) this.#toggle(at, "freezebox");
    else if (roll < 55) this.#toggle(at, "technical debt");
    else if (roll < 59) this.#toggle(at, "in progress");
    else if (roll < 75) this.#openOrClose(at, dice);
    else if (roll < 78) this.#flicker(at, dice);
    else if (roll < 85) this.#speak(at, dice);
    else if (roll < 91) this.#swap(at, efforts, dice);
    else if (roll < 96) this.#adopt(at, dice);
    else if (roll < 97) this.events.push({ at, kind: "retitled", title: `Title ${this.events.length}` });
    else if (dice.chance(0.7)) {
      this.#isGone = true;
      this.events.push({ at, kind: dice.pick(["transferred", "deleted"] as const) });
    }
  }

  #retype(at: number, dice: Dice): void {
    this.#type = dice.pick(types.filter((type) => type !== this.#type));
    this.events.push({ at, kind: "type", type: this.#type });
  }

  #block(at: number, dice: Dice): void {
    const by = dice.chance(0.15) ? "acme/other#3" : 1 + dice.below(9);
    if (by === this.#number) return;
    if (!this.#blockers.delete(by)) this.#blockers.add(by);
    this.events.push({ at, kind: this.#blockers.has(by) ? "blocked" : "unblocked", by });
  }

  #speak(at: number, dice: Dice): void {
    const there = [...this.#said.keys()].filter((nth) => !this.#unsaid.has(nth));
    if (there.length > 0 && dice.chance(0.25)) {
      const nth = dice.pick(there);
      this.#unsaid.add(nth);
      this.events.push({ at, kind: "unsaid", nth });
      return;
    }
    this.#said.push(at);
    const hours = dice.pick([2, 4, 8, 16, 0, -4]);
    const noon = Math.floor(at / day) * day + day / 2 - (1 + dice.below(9)) * day;
    this.events.push({ at, kind: "spent", hours, ...(dice.chance(0.3) ? { counts: noon } : {}) });
  }

  #move(at: number, dice: Dice): void {
    const sprint = dice.pick([1, 1, 2, 2, 3, null].filter((one) => one !== this.#sprint));
    if (at === this.#sprintAt) return;
    this.#sprint = sprint;
    this.#sprintAt = at;
    this.events.push({ at, kind: "sprint", sprint });
  }

  #size(at: number, dice: Dice): void {
    this.#swap(at, sizes, dice);
  }

  /** Puts one label of a set in the place of another; sometimes only takes it off, or leaves both on. */
  #swap(at: number, set: readonly string[], dice: Dice): void {
    const had = set.filter((label) => this.#labels.has(label));
    const label = dice.pick(set.filter((one) => !had.includes(one))) ?? present(had[0]);
    const puts = dice.chance(0.85) && !had.includes(label);
    if (puts && dice.chance(0.5)) this.#toggle(at, label);
    if (!puts || dice.chance(0.85)) for (const old of had) this.#toggle(at, old);
    if (puts && !this.#labels.has(label)) this.#toggle(at, label);
  }

  #toggle(at: number, label: string): void {
    if (this.#labels.delete(label)) this.events.push({ at, kind: "unlabeled", label });
    else {
      this.#labels.add(label);
      this.events.push({ at, kind: "labeled", label });
    }
  }

  #openOrClose(at: number, dice: Dice): void {
    // GitHub lets a closed issue be closed for another reason, but not one that is a discussion.
    if (this.#closedAs !== null && dice.chance(0.25)) {
      this.#close(at, dice.pick(closings.filter((one) => one !== this.#closedAs)));
      return;
    }
    if (!this.#isOpen) this.events.push({ at, kind: "reopened" });
    else if (dice.chance(0.12)) this.events.push({ at, kind: "converted" });
    else {
      this.#close(at, dice.chance(0.6) ? "completed" : dice.pick(closings));
      this.#isOpen = false;
      return;
    }
    this.#closedAs = null;
    this.#isOpen = !this.#isOpen;
  }

  #close(at: number, reason: (typeof closings)[number]): void {
    this.#closedAs = reason;
    this.events.push({ at, kind: "closed", reason });
  }

  /** Open and shut, or shut and open again, within one second: as if nothing had been. */
  #flicker(at: number, dice: Dice): void {
    this.#openOrClose(at, dice);
    this.#openOrClose(at, dice);
  }

  /** Only issues of lower numbers become parents, so that there is no ring. */
  #adopt(at: number, dice: Dice): void {
    const number = 1 + dice.below(this.#number);
    const parent = dice.chance(0.2) ? null : dice.chance(0.2) ? `acme/other#${number}` : number;
    if (parent === this.#number || parent === this.#parent || at === this.#parentAt) return;
    this.#parent = parent;
    this.#parentAt = at;
    this.events.push({ at, kind: "parent", parent });
  }
}

/** The same history, in which some issues wait for others at times. Instants keep to whole seconds. */
export function withBlockers(history: RawHistory, seed: number): RawHistory {
  const dice = diceOf(seed + 7_919);
  const length = (history.asOf - on("02")) / 1000;
  const instant = () => on("02") + dice.below(length) * 1000;
  const issues = history.issues.map((issue) => {
    const waits = Array.from({ length: dice.below(3) }, (): RawEvent[] => {
      const by = 1 + dice.below(history.issues.length);
      const [from, to] = [instant(), instant()].sort((a, b) => a - b) as [number, number];
      if (by === issue.number || from < issue.createdAt) return [];
      const began: RawEvent = { at: from, kind: "blocked", by };
      return dice.chance(0.3) ? [began] : [began, { at: to, kind: "unblocked", by }];
    });
    const events = [...issue.events, ...waits.flat()].sort((a, b) => a.at - b.at);
    return { ...issue, events };
  });
  return { ...history, issues };
}
