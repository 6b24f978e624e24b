import { z } from "zod";
import type { Forecast } from "../core/model/forecast.ts";

const day = z.iso.date();
const band = <T extends z.ZodType>(value: T) => z.looseObject({ p50: value, p85: value, p95: value });

/** What flow.json holds for the sprint that runs, as `sprintcast forecast --json` prints it. Unknown fields are kept. */
export const forecastSchema = z.looseObject({
  schema: z.literal("sprintcast/forecast@1"),
  repository: z.string(),
  asOf: z.iso.datetime(),
  timeZone: z.string(),
  periodWeeks: z.int(),
  sample: z.array(z.looseObject({ firstDay: day, lastDay: day, finished: z.int() })),
  stability: z.looseObject({
    mean: z.number(),
    lower: z.number(),
    upper: z.number(),
    signals: z.array(
      z.looseObject({
        kind: z.enum(["outside the limits", "eight in a row on one side"]),
        firstDay: day,
        text: z.string(),
      }),
    ),
  }),
  refused: z
    .looseObject({ reason: z.enum(["too few periods", "too sparse", "unstable"]), text: z.string() })
    .nullable(),
  trackRecord: z.looseObject({ made: z.int(), held: z.int(), periodsAhead: z.int() }),
  levels: band(z.number()),
  runs: z.int(),
  seed: z.int(),
  howMany: z.looseObject({ by: day, tasks: band(z.int()) }).nullable(),
  when: z.looseObject({ tasks: z.int(), by: band(day) }).nullable(),
  sprint: z.looseObject({ number: z.int(), title: z.string() }).nullable(),
  provenance: z.enum(["replayed", "observed", "inferred", "unknown"]),
}) satisfies z.ZodType<Forecast>;
