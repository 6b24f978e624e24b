import { z } from "zod";
import type { Flow } from "../core/model/flow.ts";
import { forecastSchema } from "./forecast-schema.ts";

const instant = z.iso.datetime();
const provenance = z.enum(["replayed", "observed", "inferred", "unknown"]);
const elapsed = { days: z.number(), workingDays: z.number() };
const time = z.looseObject(elapsed);
const unknown = z.number().nullable();
const percentiles = z.looseObject({ p50: unknown, p85: unknown, p95: unknown });
const spread = { tasks: z.int(), unknown: z.int(), days: percentiles, workingDays: percentiles };
const lane = {
  name: z.string(),
  role: z.enum(["backlog", "sprint", "progress", "done", "freezebox"]),
};
const task = z.looseObject({
  number: z.int(),
  title: z.string(),
  url: z.string(),
  createdAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  lead: time,
  cycle: time.nullable(),
  lanes: z.array(z.looseObject({ ...lane, ...elapsed })),
  blocked: time,
  sprints: z.array(z.int()),
  provenance,
});

/** `content/reports/flow.json`: how work flows, as `sprintcast flow --json` prints it. Unknown fields are kept. */
export const flowSchema = z.looseObject({
  schema: z.literal("sprintcast/flow@1"),
  repository: z.string(),
  asOf: instant,
  timeZone: z.string(),
  team: z.string().optional(),
  sprint: z.looseObject({ number: z.int(), title: z.string(), running: z.boolean() }).nullable(),
  from: instant,
  to: instant,
  finished: z.array(task),
  lead: z.looseObject(spread),
  cycle: z.looseObject(spread),
  lanes: z.array(z.looseObject({ ...spread, ...lane })),
  efficiency: unknown,
  blocked: z.looseObject({ ...elapsed, tasks: z.int() }),
  weeks: z.array(
    z.looseObject({ week: z.string(), firstDay: z.iso.date(), finished: z.int(), isWhole: z.boolean() }),
  ),
  ageing: z.array(
    task.extend({
      startedAt: instant,
      cycle: time,
      lane: z.string(),
      isBlocked: z.boolean(),
      past: z.literal([0, 0.5, 0.85, 0.95]).nullable(),
    }),
  ),
  reference: z.looseObject({ from: instant, cycle: z.looseObject(spread) }),
  cumulative: z.looseObject({
    lanes: z.array(z.looseObject(lane)),
    points: z.array(z.looseObject({ at: instant, counts: z.array(z.int()) })),
  }),
  provenance: z.record(z.string(), provenance),
  forecast: forecastSchema.optional(),
}) satisfies z.ZodType<Flow>;
