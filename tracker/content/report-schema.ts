import { z } from "zod";
import type { Budget } from "../core/model/budget.ts";
import type { Report } from "../core/model/report.ts";
import {
  blocked,
  card,
  carried,
  corrected,
  days,
  debtCard,
  droppedDebt,
  finished,
  instant,
  provenance,
  ref,
  removed,
  spentElsewhere,
  unexpected,
  unknown,
} from "./card-schema.ts";

const sizeUnit = z.literal("points").optional();
const board = z.looseObject({
  at: instant,
  unit: sizeUnit,
  lanes: z.array(
    z.looseObject({
      name: z.string(),
      role: z.enum(["backlog", "sprint", "progress", "done", "freezebox"]),
      days,
      cards: z.array(card),
      hidden: z.int(),
    }),
  ),
});
const kalmKind = z.enum(["keep", "add", "less", "more"]);
const kalmEntry = z.looseObject({
  text: z.string(),
  from: z.int(),
  issue: z.int().nullable(),
  owner: z.string().optional(),
  link: z.string().optional(),
  ref,
});

const projectUpdate = z.looseObject({
  project: z.string(),
  url: z.string(),
  at: instant,
  author: z.string().nullable(),
  status: z.string().nullable(),
  startDate: z.iso.date().nullable(),
  targetDate: z.iso.date().nullable(),
  body: z.string(),
});

/**
 * `content/reports/NN.json`: a report as `sprintcast report --json` prints it. Unknown fields are kept; optional ones
 * came later than the first frozen reports.
 */
export const reportSchema = z.looseObject({
  schema: z.literal("sprintcast/report@1"),
  repository: z.string(),
  repositories: z.array(z.looseObject({ name: z.string(), asOf: instant.nullable() })).optional(),
  asOf: instant,
  unit: sizeUnit,
  running: z.boolean().optional(),
  sprint: z.looseObject({
    number: z.int(),
    team: z.string().optional(),
    title: z.string(),
    goal: z.string(),
    start: instant,
    end: instant,
    capacityDays: unknown,
    timeZone: z.string(),
    firstDay: z.iso.date(),
    lastDay: z.iso.date(),
    committedAt: instant,
  }),
  settings: z.record(z.string(), z.unknown()).optional(),
  notCounted: z.looseObject({ kind: z.enum(["issues", "pulls"]), tasks: z.int() }).optional(),
  effort: z.looseObject({
    committed: days,
    added: days,
    removed: days,
    reestimated: days,
    final: days,
    completed: days,
    completedInitial: days,
    notCompleted: days,
    frozen: days,
    actual: unknown,
    spentElsewhere: days.optional(),
    actualShare: unknown,
    estimationError: unknown,
    unexpectedActual: unknown,
    sayDo: unknown,
    sayDoInitial: unknown,
    unestimated: z.looseObject({ committed: z.int(), final: z.int() }),
    counts: z.looseObject({
      committed: z.int(),
      added: z.int(),
      removed: z.int(),
      final: z.int(),
      completed: z.int(),
      frozen: z.int(),
    }),
  }),
  unexpected: z.array(unexpected),
  unexpectedByType: z
    .array(
      z.looseObject({
        type: z.string().nullable(),
        tasks: z.int(),
        days,
        unestimated: z.int(),
      }),
    )
    .optional(),
  carriedOver: z.array(carried),
  movedOn: z.array(carried),
  blocked: z.array(blocked).optional(),
  freezebox: z.array(card.extend({ reason: z.string(), at: z.string().nullable() })),
  cameAndWent: z.array(card),
  done: z.array(card),
  removed: z.array(removed),
  spentElsewhere: z.array(spentElsewhere).optional(),
  corrections: z.array(corrected).optional(),
  finishedOutside: z.array(finished).optional(),
  finishedBefore: z.array(finished).optional(),
  late: z.array(finished).optional(),
  reestimated: z.array(
    card.extend({ daysBefore: unknown, daysAfter: unknown, sizeBefore: z.string().nullable() }),
  ),
  debt: z.looseObject({
    unit: sizeUnit,
    openAtStart: z.int().optional(),
    opened: z.array(debtCard),
    paid: z.array(debtCard),
    dropped: z.array(droppedDebt).optional(),
    openCards: z.array(debtCard),
    open: z.int(),
    net: z.int(),
    daysOwed: days,
    unestimated: z.int(),
    ages: z.looseObject({ p50: unknown, p85: unknown, p95: unknown }),
  }),
  kalm: z.looseObject({
    keep: z.array(kalmEntry),
    add: z.array(kalmEntry),
    less: z.array(kalmEntry),
    more: z.array(kalmEntry),
    followUp: z.array(
      kalmEntry.extend({
        kind: kalmKind,
        kept: z.boolean().nullable(),
        age: z.int(),
      }),
    ),
    keepRate: unknown,
  }),
  promiseIssues: z
    .array(
      z.looseObject({
        number: z.int(),
        ref,
        kept: z.boolean().nullable(),
        made: z.array(
          z.looseObject({
            kind: kalmKind,
            text: z.string(),
            owner: z.string().optional(),
            link: z.string().optional(),
          }),
        ),
      }),
    )
    .optional(),
  projectUpdates: z.array(projectUpdate).optional(),
  goalMet: z.boolean().nullable(),
  // Read from the bills whenever it is shown: what a file says of it is never used.
  budget: z.custom<Budget>().optional(),
  boards: z.looseObject({ start: board, end: board }),
  changes: z.array(
    z.looseObject({
      number: z.int(),
      ref,
      title: z.string(),
      what: z.string(),
      kind: z.enum(["entered", "left", "lane", "estimate", "frozen", "renamed", "label", "assigned"]),
      at: instant,
      actor: z.string().nullable(),
      eventId: z.number().nullable(),
      from: z.string().nullable().optional(),
      to: z.string().nullable().optional(),
    }),
  ),
  burndown: z.looseObject({
    unit: z.enum(["tasks", "points"]).optional(),
    points: z.array(z.looseObject({ at: instant, scope: days, done: days, remaining: days })),
    ideal: z.array(z.looseObject({ at: instant, remaining: days })),
    scopeEvents: z.array(
      z.looseObject({
        at: instant,
        number: z.int(),
        ref,
        title: z.string(),
        delta: days,
        eventId: z.number().nullable(),
      }),
    ),
  }),
  replay: z.looseObject({
    lanes: z.array(z.string()),
    cards: z.array(z.looseObject({ number: z.int(), ref, title: z.string(), url: z.string() })),
    moves: z.array(
      z.looseObject({
        at: instant,
        number: z.int(),
        ref,
        lane: z.string().nullable(),
        days: unknown,
        size: z.string().nullable(),
        title: z.string().optional(),
        what: z.string(),
        actor: z.string().nullable(),
        eventId: z.number().nullable(),
      }),
    ),
  }),
  explanations: z.record(
    z.string(),
    z.array(
      z.looseObject({
        number: z.int(),
        ref,
        title: z.string(),
        days: unknown,
        why: z.string(),
        part: z.enum(["numerator", "denominator"]).optional(),
        at: z.string().nullable(),
        eventId: z.number().nullable(),
        provenance,
      }),
    ),
  ),
  provenance: z.record(z.string(), provenance),
  frozen: z.looseObject({ at: instant, digest: z.string() }).nullable(),
  restatements: z.array(
    z.looseObject({
      at: instant,
      note: z.string(),
      changes: z.array(z.looseObject({ figure: z.string(), frozen: unknown, now: unknown })),
    }),
  ),
}) satisfies z.ZodType<Report>;
