import type { Budget } from "./budget.ts";
import type {
  BlockedCard,
  Card,
  CarriedCard,
  CorrectedCard,
  DebtCard,
  DroppedDebtCard,
  FinishedCard,
  FrozenCard,
  RemovedCard,
  SpentCard,
  TypeShare,
  UnexpectedCard,
} from "./card.ts";
import type { Kalm, PromiseIssue } from "./kalm.ts";
import type { Provenance } from "./provenance.ts";

export type * from "./card.ts";

/**
 * The report of one sprint, `sprintcast/report@1`. What the CLI prints with `--json`, what is frozen under
 * `content/reports/NN.json`, and all that the site needs. Days are man-days rounded to 0.01; instants are ISO
 * strings in UTC; null is unknown and printed as —. Fields may be added, never changed: those that are optional here
 * may be missing in reports that were frozen before there were such. Where `unit` is points, sizes and their sums are
 * points, in the fields that are called days as well; effort really spent, capacity and time stay days.
 */
export interface Report {
  schema: "sprintcast/report@1";
  repository: string;
  /** Of a sprint over several: all of them, the first is `repository`. `asOf`: null where no history was at hand. */
  repositories?: { name: string; asOf: string | null }[];
  /** The instant up to which history was known. */
  asOf: string;
  /** What sizes and their sums count; absent: man-days. */
  unit?: "points";
  /** The sprint had begun and was not over then: figures are "so far", what is carried over is still open. */
  running?: boolean;
  sprint: {
    number: number;
    /** The team that works it, where there are several: figures are its own. */
    team?: string;
    title: string;
    goal: string;
    start: string;
    end: string;
    capacityDays: number | null;
    timeZone: string;
    /** First and last day as YYYY-MM-DD in the team's zone. */
    firstDay: string;
    lastDay: string;
    /** start + grace. */
    committedAt: string;
  };
  /** What figures rest on beside history: settings by name, and the sprint's mark. */
  settings?: Record<string, unknown>;
  /** Only these carried the sprint's mark, and the team counts the other kind. */
  notCounted?: { kind: "issues" | "pulls"; tasks: number };
  effort: Effort;
  unexpected: UnexpectedCard[];
  /** The same by issue type, most days first; absent where none of them has a type. */
  unexpectedByType?: TypeShare[];
  /** Of a running sprint: what is still open. */
  carriedOver: CarriedCard[];
  /** Committed or added work that had left for the next sprint before the end. */
  movedOn: CarriedCard[];
  freezebox: FrozenCard[];
  /** Work of the sprint that had to wait for other issues, longest first. */
  blocked?: BlockedCard[];
  /** Entered after S and left before E: listed, never summed. */
  cameAndWent: Card[];
  done: Card[];
  removed: RemovedCard[];
  /** Days said in the sprint on issues outside its final scope. */
  spentElsewhere?: SpentCard[];
  /** Effort that was mended to less than an earlier sprint had counted. */
  corrections?: CorrectedCard[];
  /** Done after the sprint's end and no later than the next one's start, or in its days and never in a sprint. */
  finishedOutside?: FinishedCard[];
  /** Done after the end of the sprint before and no later than this one's start. */
  finishedBefore?: FinishedCard[];
  /** Done in its days, and only ever in sprints that were over by then. */
  late?: FinishedCard[];
  reestimated: (Card & { daysBefore: number | null; daysAfter: number | null; sizeBefore: string | null })[];
  debt: DebtLedger;
  /** The team's words as of when this was written; whoever shows them reads them from the posts (`withTeamWords`). */
  kalm: Kalm;
  /** The issues that promises rest on, as they stood at the sprint's end. */
  promiseIssues?: PromiseIssue[];
  /** What GitHub's projects said of their own status in the sprint, oldest first: words, under no seal. Absent: nothing. */
  projectUpdates?: ProjectUpdate[];
  /** What `sprints/NN.md` said when this was written. */
  goalMet: boolean | null;
  /** Read from the bills whenever it is shown, never frozen; absent where the settings have no budget. */
  budget?: Budget;
  boards: { start: Board; end: Board };
  changes: Change[];
  burndown: Burndown;
  replay: Replay;
  /** Per effort figure: the issues, values and events it rests on. Keys are the keys of `effort`. */
  explanations: Record<string, ExplanationRow[]>;
  /** Worst provenance among what a figure rests on; keys as in `effort`, and "unexpected", "boards", "blocked". */
  provenance: Record<string, Provenance>;
  /** Set when the sprint is closed: the digest seals every figure, list and board; see `digestOf`. */
  frozen: { at: string; digest: string } | null;
  /** Later evidence that contradicts the frozen figures, oldest first. The frozen figures stay as they were. */
  restatements: Restatement[];
}

/** What somebody wrote of a project's status. `body` is Markdown that is not to be trusted. */
export interface ProjectUpdate {
  /** Title and address of the project. */
  project: string;
  url: string;
  at: string;
  author: string | null;
  /** ON_TRACK, AT_RISK, OFF_TRACK, COMPLETE, INACTIVE, or what GitHub may add to them; null: none. */
  status: string | null;
  /** YYYY-MM-DD. */
  startDate: string | null;
  targetDate: string | null;
  body: string;
}

export interface Effort {
  committed: number;
  added: number;
  removed: number;
  reestimated: number;
  final: number;
  completed: number;
  completedInitial: number;
  notCompleted: number;
  frozen: number;
  /** Man-days really spent on the final scope; null when no issue has an actual. */
  actual: number | null;
  /** Man-days said in the sprint on issues outside its final scope. */
  spentElsewhere?: number;
  /** Share (0..1) of the issues in the final scope that have an actual; parents counted by their sub-issues left out. */
  actualShare: number | null;
  /** Σ actual − Σ estimate over issues that have both; null when none has, or where sizes are points. */
  estimationError: number | null;
  /** Σ actual over unexpected issues; null when none has an actual. */
  unexpectedActual: number | null;
  sayDo: number | null;
  sayDoInitial: number | null;
  /** How many issues counted without an estimate. */
  unestimated: { committed: number; final: number };
  counts: {
    committed: number;
    added: number;
    removed: number;
    final: number;
    completed: number;
    frozen: number;
  };
}

/** openAtStart + opened − paid − dropped = open. */
export interface DebtLedger {
  /** What sizes count; absent: man-days. */
  unit?: "points";
  /** How many were open just before the sprint's start. */
  openAtStart?: number;
  /** Became debt in the sprint, for the first time or again. */
  opened: DebtCard[];
  paid: DebtCard[];
  /** No longer owed, and not paid: dropped as work, or the label taken off. */
  dropped?: DroppedDebtCard[];
  /** Open debts at the sprint's end, oldest first. */
  openCards: DebtCard[];
  open: number;
  /** How much `open` changed: opened − paid − dropped. */
  net: number;
  /** Σ estimate of what is open. */
  daysOwed: number;
  unestimated: number;
  /** Age in calendar days of the open debts; null when none is open. */
  ages: { p50: number | null; p85: number | null; p95: number | null };
}

export interface Lane {
  name: string;
  role: "backlog" | "sprint" | "progress" | "done" | "freezebox";
  days: number;
  cards: Card[];
  /** Cards in this lane that are not listed (a large backlog). */
  hidden: number;
}

/** `sprintcast/board@1` carries this with `schema` and `sprint` (the number). */
export interface Board {
  at: string;
  /** What sizes count; absent: man-days. */
  unit?: "points";
  lanes: Lane[];
}

/** Something that happened to a card of this sprint between start and end. */
export interface Change {
  number: number;
  ref?: string;
  title: string;
  what: string;
  kind: "entered" | "left" | "lane" | "estimate" | "frozen" | "renamed" | "label" | "assigned";
  at: string;
  actor: string | null;
  eventId: number | null;
  /** Lane names for kinds entered, left, lane and frozen. */
  from?: string | null;
  to?: string | null;
}

export interface Burndown {
  /** Of all amounts here; absent: man-days. Tasks where none of them has an estimate. */
  unit?: "tasks" | "points";
  /** One point per change and per day boundary, in time order. */
  points: { at: string; scope: number; done: number; remaining: number }[];
  /** The ideal line, fixed at the sprint's start, flat on days off. */
  ideal: { at: string; remaining: number }[];
  scopeEvents: {
    at: string;
    number: number;
    ref?: string;
    title: string;
    delta: number;
    eventId: number | null;
  }[];
}

/**
 * Compact form of the any-instant board: the cards and every move. A card is where its newest move with
 * `at <= t` put it; lane null means: not on this board. Titles are those of the sprint's end; a move whose card had
 * another one then names it.
 */
export interface Replay {
  lanes: string[];
  cards: { number: number; ref?: string; title: string; url: string }[];
  moves: {
    at: string;
    number: number;
    ref?: string;
    lane: string | null;
    days: number | null;
    size: string | null;
    title?: string;
    what: string;
    actor: string | null;
    eventId: number | null;
  }[];
}

export interface ExplanationRow {
  number: number;
  ref?: string;
  title: string;
  /** Contribution to the figure, in its unit (signed); null: counted without a size. */
  days: number | null;
  why: string;
  /** Of a ratio: which part of it the row belongs to. */
  part?: "numerator" | "denominator";
  at: string | null;
  eventId: number | null;
  provenance: Provenance;
}

export interface Restatement {
  at: string;
  /** Why: what was learned. */
  note: string;
  changes: { figure: string; frozen: number | null; now: number | null }[];
}
