import { z } from "zod";
import type { OutboxEntry } from "./outbox.ts";

/** What the eater's answer to a batch asks of the feeder. */
export type Verdict =
  /** Committed, but for the lines it rejected, which would be rejected again. */
  | { kind: "done"; rejected: number; report: string }
  /** Too large: to be sent in smaller parts. */
  | { kind: "split" }
  | { kind: "retry"; reason: string; retryAfterMs: number }
  /** Wrong set-up: sending again cannot help. */
  | { kind: "fatal"; code: "UNAUTHORIZED" | "NOT_AN_EATER"; reason: string };

/** Of an eater's answer, what the feeder reads. Whatever else stands there is a proxy's word, or a portal's. */
const reportSchema = z.object({
  batch: z.string().nullish(),
  stored: z.int().nonnegative(),
  duplicates: z.int().nonnegative().default(0),
  rejectedTotal: z.int().nonnegative().default(0),
  rejected: z.array(z.unknown()).default([]),
});
type Report = z.infer<typeof reportSchema>;

/**
 * @param sent the batch that was answered
 * @param now epoch ms, for a Retry-After that names a date
 */
export function judgeAnswer(
  status: number,
  retryAfter: string | null,
  body: string,
  sent: Pick<OutboxEntry, "id" | "readings">,
  now: number,
): Verdict {
  if (status === 200 || status === 422) {
    const report = parseReport(body);
    if (report === null) return notAnEater("the answer is no ingest report");
    const fault = faultOf(report, sent);
    if (fault !== null) return notAnEater(fault);
    const { rejectedTotal, rejected } = report;
    return { kind: "done", rejected: rejectedTotal, report: JSON.stringify(rejected.slice(0, 5)) };
  }
  if (status === 413) return { kind: "split" };
  if (status === 401 || status === 403) {
    const reason = `the eater refuses the token (${status}); make one with: sprintcast-demo eater token add NAME`;
    return { kind: "fatal", code: "UNAUTHORIZED", reason };
  }
  // What else there is passes: an eater that starts, a proxy without a backend, a limit that was met.
  return { kind: "retry", reason: `HTTP ${status}`, retryAfterMs: parseRetryAfter(retryAfter, now) };
}

const notAnEater = (reason: string): Verdict => ({ kind: "fatal", code: "NOT_AN_EATER", reason });

/** An eater accounts for every reading. What is not accounted for must not be struck off. */
function faultOf(report: Report, { id, readings }: Pick<OutboxEntry, "id" | "readings">): string | null {
  const { batch, stored, duplicates, rejectedTotal } = report;
  if (typeof batch === "string" && batch !== id) return "the answer is another batch's ingest report";
  const told = stored + duplicates + rejectedTotal;
  return told === readings ? null : `the answer accounts for ${told} of ${readings} readings`;
}

function parseReport(body: string): Report | null {
  try {
    return reportSchema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

// Longer than this no answer makes the feeder wait: a clock that is wrong must not silence it for a year.
const LONGEST_WAIT = 300_000;

/** Retry-After as seconds or as an HTTP date (RFC 9110, 10.2.3), in ms from now; 0 when absent or not understood. */
export function parseRetryAfter(header: string | null, now: number): number {
  if (header === null) return 0;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? 0 : Math.min(LONGEST_WAIT, Math.max(0, ms));
}
